/** The least that intake can do: put something into the queue, then accept. */
export default {
  async fetch(_request: Request, env: { LIVE_QUEUE: Queue<unknown> }) {
    await env.LIVE_QUEUE.send({
      kind: "record",
      org: "demo",
      model: "case",
      id: 20_000_001,
      trigger: "webhook",
      action: "updated",
      received_at: "2026-01-01T00:00:00.000Z",
      job: "00000000-0000-4000-8000-000000000000",
    });
    return new Response(null, { status: 202 });
  },
};

/** wrangler.toml names it; it is never called. */
export class MyCaseConnection {}
export class OverallRateLimiter {}
