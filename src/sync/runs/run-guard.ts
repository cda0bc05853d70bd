import type { HeldCase, Impact } from "../../domain/held-case.ts";
import type { MappingDocument } from "../../mapping/document/schema.ts";
import { exceedsBlastGuard } from "../../mapping/preview/blast-guard.ts";
import type { SyncContext } from "../context.ts";
import type { Guard } from "../derive-guarded.ts";
import type { GuardState, RunCursor } from "./cursor.ts";

/** The blast guard over a run as a whole: what it has done and is about to do is summed. */
export class RunGuard implements Guard {
  private readonly countLive: () => Promise<number>;
  private readonly deletionsApproved: boolean;
  state: GuardState;

  constructor(context: SyncContext, org: string, state: GuardState, { deletionsApproved }: RunCursor) {
    this.countLive = () => context.scans.countLiveProjects(org);
    this.deletionsApproved = deletionsApproved;
    this.state = state;
  }

  async weigh(impacts: ReadonlyMap<number, Impact[]>, limits: MappingDocument["blast_guard"]): Promise<HeldCase[]> {
    const harmful = this.harmful(impacts);
    await this.judge(harmful.length, limits);
    return this.state.exceeded ? harmful : [];
  }

  saved(harmed: number): void {
    if (harmed > 0) this.state = { ...this.state, harmed: this.state.harmed + harmed };
  }

  /** Those that count: an approved deletion does not. */
  harmful(impacts: ReadonlyMap<number, Impact[]>): HeldCase[] {
    return [...impacts].flatMap(([case_id, kinds]) =>
      this.deletionsApproved && kinds.includes("deleted") ? [] : [{ case_id, impacts: kinds }],
    );
  }

  /** Whether so many more are too much. Once it is, the run applies no harm any more. */
  async judge(more: number, limits: MappingDocument["blast_guard"]): Promise<void> {
    if (more === 0 || this.state.exceeded) return;
    const live = this.state.live ?? (await this.countLive());
    const exceeded = exceedsBlastGuard({ projects: this.state.harmed + more }, live, limits);
    this.state = { ...this.state, live, exceeded };
  }
}

/** The guard of a run as far as it has come; none for a run that need not ask. */
export function guardOf(context: SyncContext, org: string, cursor: RunCursor): RunGuard | null {
  return cursor.guard && new RunGuard(context, org, cursor.guard, cursor);
}

/** Lets through exactly what was approved: a case whose derivation does more by now is held again. */
export function approvalGuard(approved: HeldCase[]): Guard {
  const covered = new Map(approved.map(({ case_id, impacts }) => [case_id, impacts]));
  return {
    async weigh(impacts) {
      const rows = [...impacts].map(([case_id, kinds]): HeldCase => ({ case_id, impacts: kinds }));
      return rows.filter(({ case_id, impacts: kinds }) =>
        kinds.some((kind) => covered.get(case_id)?.includes(kind) !== true),
      );
    },
    saved() {},
  };
}
