import type { SimulatorCore } from "./core.ts";
import type { TokenState } from "./oauth/tokens.ts";
import type { AnyRecord, CollectionName, Collections } from "./records.ts";
import type { SubscriptionRecord, WebhookSender } from "./webhooks/sender.ts";

interface Snapshot {
  firm: Record<string, AnyRecord[]>;
  tokens: TokenState;
  subscriptions: SubscriptionRecord[];
}

/** The whole state as JSON, so that a simulator can be stopped and go on. Faults and the log are not part of it. */
export function takeSnapshot(core: SimulatorCore, sender: WebhookSender): string {
  const firm = Object.fromEntries(
    Object.entries(core.firm).map(([name, records]) => [name, [...(records as Map<number, AnyRecord>).values()]]),
  );
  const snapshot: Snapshot = { firm, tokens: core.tokens.state, subscriptions: sender.subscriptions };
  return JSON.stringify(snapshot);
}

export function restoreState(core: SimulatorCore, sender: WebhookSender, json: string): void {
  const snapshot = JSON.parse(json) as Snapshot;
  const firm = Object.entries(snapshot.firm).map(([name, records]) => [
    name,
    new Map(records.map((one) => [one.id, one])),
  ]);
  core.firm = Object.fromEntries(firm) as Collections;
  for (const name of Object.keys(core.firm)) core.touched(name as CollectionName);
  core.tokens.state = snapshot.tokens;
  sender.subscriptions = snapshot.subscriptions;
}
