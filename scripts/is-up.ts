/** Whether a worker answers on a local port. */
export async function isUp(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
