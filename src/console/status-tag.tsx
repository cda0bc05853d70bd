import type { RunState } from "../domain/run.ts";

export type Tone = "good" | "warn" | "bad" | "neutral";

/** A state as a coloured label; its words are for people, not codes. */
export function StatusTag({ text, tone }: { text: string; tone: Tone }) {
  return <span class={tone === "neutral" ? "tag" : `tag ${tone}`}>{text.replaceAll("_", " ")}</span>;
}

const TONES: Record<RunState, Tone> = {
  queued: "neutral",
  running: "neutral",
  held: "warn",
  succeeded: "good",
  failed: "bad",
  cancelled: "neutral",
};

/** The state of a run or resync. */
export function WorkStateTag({ state }: { state: RunState }) {
  return <StatusTag text={state} tone={TONES[state]} />;
}
