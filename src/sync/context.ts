import type { ConfigStore } from "../db/stores/config-store.ts";
import type { SyncStore } from "../db/stores/sync-store.ts";
import type { MyCase } from "../mycase/client.ts";
import type { Lane } from "../mycase/connection/types.ts";

/** What the verbs of this room work with; wired in `services.ts`. */
export interface SyncContext {
  store: SyncStore;
  configs: ConfigStore;
  mycase(org: string, lane: Lane): MyCase;
  now(): Date;
}
