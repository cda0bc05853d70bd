declare namespace Cloudflare {
  interface Env extends Omit<import("../src/config.ts").Env, never> {}
}
