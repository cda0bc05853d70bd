import { html } from "hono/html";
import type { Markup } from "./layout.ts";

const BUTTONS: [string, object | "clear"][] = [
  ["Behave again", "clear"],
  ["Maintenance (503)", { maintenance: true }],
  ["Drop all webhooks", { webhooks: { drop: 1 } }],
  ["Double webhooks", { webhooks: { double: 1 } }],
  ["Forge webhooks", { webhooks: { forge: 1 } }],
  ["Webhooks 10 s delayed, in any order", { webhooks: { delayMs: 10_000, reorder: true } }],
  ["Ten times 429", { rule: { path: "^/v1/", status: 429, times: 10 } }],
  ["Ten times 500", { rule: { path: "^/v1/", status: 500, times: 10 } }],
  ["Slow (2 s)", { rule: { path: "^/v1/", latencyMs: 2000 } }],
  ["Cut answers off", { rule: { path: "^/v1/", cutOff: true, times: 5 } }],
  ["Answer HTML", { rule: { path: "^/v1/", malformed: true, times: 5 } }],
  ["Shuffle arrays", { shuffleArrays: true }],
  ["Repeat records across pages", { duplicateAcrossPages: true }],
  ["Expire page links", { expirePageLinks: true }],
  ["Revoke access tokens", { revokeAccessTokens: true }],
  ["Revoke refresh token", { revokeRefreshTokens: true }],
  ["Lose the next refresh answer", { loseRefreshAnswers: 1 }],
  ["Lose permission (403)", { lostPermission: "forbidden" }],
  ["See half of the cases", { lostPermission: "narrowed" }],
  ["Truncate listings", { truncateListings: true }],
];

/** Everything that MyCase can be made to do wrong, and what it does now. */
export function faultButtons(now: Record<string, unknown>): Markup {
  return html`<section><h2>Misbehave</h2>${BUTTONS.map(
    ([label, body]) => html`<form method="post" action="/edit/faults">
      <input type="hidden" name="body" value="${body === "clear" ? body : JSON.stringify(body)}"><button>${label}</button></form> `,
  )}<pre>${JSON.stringify(now)}</pre></section>`;
}
