import { DEMO_MAPPING } from "./demo-mapping.ts";

export interface Demo {
  url: string;
  adminKey: string;
}

/** Brings the demo's org to where it should be, as an integrator would: over the API, and with a browser's redirects. */
export async function setUpDemo(demo: Demo): Promise<void> {
  const org = await call(demo, "GET", "/v1/orgs/demo");
  if (org.status === 404) {
    await expectOk(
      await call(demo, "POST", "/v1/orgs", { id: "demo", name: "Demo firm", timezone: "America/New_York" }),
    );
  }
  const mapping = await call(demo, "GET", "/v1/orgs/demo/mapping");
  if (mapping.status === 404) await expectOk(await call(demo, "PUT", "/v1/orgs/demo/mapping", DEMO_MAPPING));
  const connection = await expectOk(await call(demo, "GET", "/v1/orgs/demo/connection"));
  const { state } = (await connection.json()) as { state: string };
  if (state === "not_connected" || state === "reauthorization_required") await connect(demo);
}

/** Grants access: the address is opened, MyCase sends the browser back, the callback finishes it. */
async function connect(demo: Demo): Promise<void> {
  const asked = await expectOk(await call(demo, "POST", "/v1/orgs/demo/connection"));
  const { authorize_url } = (await asked.json()) as { authorize_url: string };
  const agreed = await fetch(authorize_url, { redirect: "manual" });
  const back = agreed.headers.get("location");
  if (!back) throw new Error(`MyCase did not send the browser back: ${agreed.status}`);
  const finished = await fetch(back, { redirect: "manual" });
  if (finished.status !== 302) throw new Error(`connecting ended with ${finished.status}: ${await finished.text()}`);
}

/** How many projects there are, and how far the import is. */
export async function demoProgress(demo: Demo): Promise<string> {
  const response = await expectOk(await call(demo, "GET", "/v1/orgs/demo/runs?limit=20"));
  const { data } = (await response.json()) as {
    data: { kind: string; state: string; progress: { done: number; total: number | null } }[];
  };
  const backfill = data.find((run) => run.kind === "backfill");
  if (!backfill) return "no import yet";
  return `${backfill.state}, ${backfill.progress.done} of ${backfill.progress.total ?? "?"} records`;
}

function call({ url, adminKey }: Demo, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${adminKey}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function expectOk(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
}
