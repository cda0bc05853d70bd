const SAMPLE_EVERY_MS = 20;
const ISOLATE = ":bench"; // the name that startWorker gives

/** What an isolate's heap held, looked at between its turns; MB, garbage included. */
export interface HeapPeaks {
  used_mb: number;
  reserved_mb: number;
}

export interface HeapWatch {
  stop(): HeapPeaks;
}

/** Asks an isolate for its heap again and again, over workerd's inspector. */
export async function watchHeap(inspectorPort: number): Promise<HeapWatch> {
  const listed = await fetch(`http://127.0.0.1:${inspectorPort}/json`);
  const targets = (await listed.json()) as { id: string; webSocketDebuggerUrl: string }[];
  const target = targets.find((one) => one.id.endsWith(ISOLATE));
  if (!target) throw new Error("workerd shows no isolate");
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  const peaks: HeapPeaks = { used_mb: 0, reserved_mb: 0 };
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  socket.addEventListener("message", ({ data }) => {
    const { result } = JSON.parse(String(data)) as { result?: { usedSize?: number; totalSize?: number } };
    if (result?.usedSize === undefined || result.totalSize === undefined) return;
    peaks.used_mb = Math.max(peaks.used_mb, Math.round(result.usedSize / 1e6));
    peaks.reserved_mb = Math.max(peaks.reserved_mb, Math.round(result.totalSize / 1e6));
  });
  let id = 0;
  const timer = setInterval(
    () => socket.send(JSON.stringify({ id: ++id, method: "Runtime.getHeapUsage" })),
    SAMPLE_EVERY_MS,
  );
  return {
    stop() {
      clearInterval(timer);
      socket.close();
      return peaks;
    },
  };
}
