import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** The processes that this one has started, by id; none where there is no /proc. */
export function childProcesses(): number[] {
  try {
    return readdirSync("/proc/self/task").flatMap((task) =>
      readFileSync(`/proc/self/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

export interface Memory {
  now_mb: number;
  peak_mb: number;
}

/** Resident memory of a process; null where the system does not tell. */
export function memoryOf(pid: number): Memory | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const mb = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
    return { now_mb: mb("VmRSS"), peak_mb: mb("VmHWM") };
  } catch {
    return null;
  }
}

/** Resets the peak to what is in use now. */
export function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
  } catch {
    // then the peak of its start counts too
  }
}
