import type { Dice } from "./dice.ts";

/** Runs one call at a time, picking a random one of those that wait: a seed repeats how workers interleave. */
export class OneAtATime {
  private readonly waiting: (() => void)[] = [];
  private busy = false;
  private readonly dice: Dice;

  constructor(dice: Dice) {
    this.dice = dice;
  }

  async run<T>(call: () => Promise<T>): Promise<T> {
    await new Promise<void>((resolve) => {
      this.waiting.push(resolve);
      this.admit();
    });
    try {
      return await call();
    } finally {
      this.busy = false;
      this.admit();
    }
  }

  private admit(): void {
    if (this.busy || this.waiting.length === 0) return;
    this.busy = true;
    // Calls that are about to be made may still join those that wait.
    queueMicrotask(() => {
      const [next] = this.waiting.splice(this.dice.from(0, this.waiting.length - 1), 1);
      next?.();
    });
  }
}
