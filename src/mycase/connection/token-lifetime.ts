const DEFAULT_S = 24 * 60 * 60; // documented: "24 hours by default"
const MIN_S = 5 * 60; // a shorter one would be refreshed for nearly every request; MyCase's 401 tells when it has ended
const MAX_S = 7 * 24 * 60 * 60; // refreshed well within the two weeks of the refresh token

/** How long an access token is used, from the `expires_in` of its answer, whatever that is. */
export function accessLifetimeS(expiresIn: unknown): number {
  const seconds = typeof expiresIn === "string" ? Number.parseFloat(expiresIn) : expiresIn;
  if (typeof seconds !== "number" || !(seconds > 0)) return DEFAULT_S;
  return Math.min(Math.max(seconds, MIN_S), MAX_S);
}

/**
 * The token answer with a usable `expires_in`. The OAuth library refuses a whole answer for a negative one, although its
 * tokens are good and the refresh token that they were given for is spent.
 */
export async function withUsableLifetime(response: Response): Promise<Response> {
  if (!response.ok) return response;
  const text = await response.text();
  const { status } = response;
  const headers = { "content-type": response.headers.get("content-type") ?? "" };
  const answer = jsonObject(text);
  if (answer === null) return new Response(text, { status, headers });
  const expires_in = accessLifetimeS(answer.expires_in);
  return new Response(JSON.stringify({ ...answer, expires_in }), { status, headers });
}

function jsonObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
