import type { Gate } from "../../outcome.ts";

/** Gate 1: the firm has a working connection (R8). The caller passes it in; a derivation cannot know. */
export function connectedGate(connected: boolean): Gate {
  return {
    gate: "connected",
    passed: connected,
    code: connected ? "ok" : "not_connected",
    field: null,
    value: null,
    expected: [],
    near_miss: null,
    fix: connected ? null : "Connect the firm's MyCase account, or renew its grant, on the connection page.",
  };
}
