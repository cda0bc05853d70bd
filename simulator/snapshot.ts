import type { SimulatorCore } from "./core.ts";
import type { TokenState } from "./oauth/tokens.ts";
import type { AnyRecord, CollectionName, Collections } from "./records.ts";
import type { SubscriptionRecord, WebhookSender } from "./webhooks/sender.ts";

interface Snapshot {
  firm: Record<string, AnyRecord[]>;
  /** Without `unspent` in snapshots of old. */
  tokens: Omit<TokenState, "unspent"> & Partial<Pick<TokenState, "unspent">>;
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

/** Puts back what `takeSnapshot` gave. */
export function restoreState(core: SimulatorCore, sender: WebhookSender, json: string): void {
  const { firm, tokens, subscriptions } = JSON.parse(json) as Snapshot;
  const collections = Object.entries(firm).map(([name, records]) => [
    name,
    new Map(records.map((one) => [one.id, one])),
  ]);
  core.firm = Object.fromEntries(collections) as Collections;
  for (const name of Object.keys(core.firm)) core.touched(name as CollectionName);
  const { refresh } = tokens;
  core.tokens.state = { unspent: refresh === null ? {} : { [refresh.token]: refresh.expiresAt }, ...tokens };
  sender.subscriptions = subscriptions;
}
