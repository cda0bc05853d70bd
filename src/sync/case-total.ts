import type { SyncContext } from "./context.ts";

/** How many cases MyCase says this connection sees; null when it cannot be asked now. */
export async function caseTotal(context: SyncContext, org: string): Promise<number | null> {
  const counted = await context.mycase(org, "live").count("case");
  return counted.ok ? counted.value : null;
}
