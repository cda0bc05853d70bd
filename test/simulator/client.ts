import type { Simulator } from "../../simulator/simulator.ts";

export const HOST = "http://mycase.test";

/** A client of the simulator with a token, as an integrator would write one. */
export async function signIn(simulator: Simulator) {
  const redirect = `${HOST}/back`;
  const agreed = await simulator.handle(
    new Request(
      `${HOST}/login_sessions/new?client_id=demo-client&response_type=code&state=s&redirect_uri=${encodeURIComponent(redirect)}`,
    ),
  );
  const back = new URL(agreed.headers.get("location") ?? HOST);
  const grant = await token(simulator, {
    grant_type: "authorization_code",
    code: back.searchParams.get("code") ?? "",
    redirect_uri: redirect,
  });
  const { access_token, refresh_token, firm_uuid } = (await grant.json()) as Record<string, string>;
  const send = (method: string, path: string, body?: unknown) =>
    simulator.handle(
      new Request(`${HOST}/v1/${path}`, {
        method,
        headers: { authorization: `Bearer ${access_token}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  return { back, access_token, refresh_token, firm_uuid, send, get: (path: string) => send("GET", path) };
}

/** One call of the token endpoint, as JSON unless a form is asked for. */
export function token(simulator: Simulator, fields: Record<string, string>, form = false): Promise<Response> {
  const all = { client_id: "demo-client", client_secret: "demo-secret", ...fields };
  return simulator.handle(
    new Request(`${HOST}/tokens`, {
      method: "POST",
      headers: { "content-type": form ? "application/x-www-form-urlencoded" : "application/json" },
      body: form ? new URLSearchParams(all).toString() : JSON.stringify(all),
    }),
  );
}
