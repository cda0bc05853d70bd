import type { Env } from "./config.ts";

export { MyCaseConnection } from "./mycase/connection/object.ts";

/** The Worker's doors. */
export default {
  async fetch(): Promise<Response> {
    return new Response("starting");
  },
} satisfies ExportedHandler<Env>;
