import { setTimeout as pause } from "node:timers/promises";
import type { Firm } from "./firm.ts";

const LOOK_EVERY_MS = 20;

interface Change {
  id: number;
  entity: string;
  entity_id: string;
  field: string;
  new_value: unknown;
}

/** Follows the org's changes through the API, as a portal would. */
export interface ChangeFeed {
  /** When each project was seen to have each name, ms of `performance.now()`; by `nameKey`. */
  seenAt: Map<string, number>;
  stop(): Promise<void>;
}

export const nameKey = (caseId: number | string, name: string): string => `${caseId} ${name}`;

/** Begins with the changes from now on. */
export async function followChanges(firm: Firm): Promise<ChangeFeed> {
  const last = await firm.worker.db.prepare("SELECT max(id) AS id FROM changes").first<{ id: number | null }>();
  const seenAt = new Map<string, number>();
  let after = last?.id ?? 0;
  let stopped = false;
  const follow = async () => {
    while (!stopped) {
      const page = await firm.get<{ data: Change[] }>(`/v1/orgs/demo/changes?limit=200&entity=project&after=${after}`);
      const now = performance.now();
      for (const change of page.data) {
        after = change.id;
        const name = nameIn(change);
        const key = nameKey(change.entity_id, name ?? "");
        if (name !== null && !seenAt.has(key)) seenAt.set(key, now);
      }
      if (page.data.length < 200) await pause(LOOK_EVERY_MS);
    }
  };
  const following = follow();
  return {
    seenAt,
    async stop() {
      stopped = true;
      await following;
    },
  };
}

/** The name that a project has got, by a change or by appearing. */
function nameIn({ field, new_value }: Change): string | null {
  if (field === "name") return String(new_value);
  if (field === "*" && new_value !== null) return String((new_value as { name?: unknown }).name);
  return null;
}
