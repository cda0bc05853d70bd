import type { Dice } from "./dice.ts";

/** Lets one call through at a time, and of those that wait a random one: a seed repeats the order in which workers interleave. */
export class Turnstile {
  private readonly waiting: (() => void)[] = [];
  private busy = false;
  private readonly dice: Dice;

  constructor(dice: Dice) {
    this.dice = dice;
  }

  async through<T>(call: () => Promise<T>): Promise<T> {
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
    // Whoever is about to ask may still join those that wait.
    queueMicrotask(() => {
      const [next] = this.waiting.splice(this.dice.from(0, this.waiting.length - 1), 1);
      next?.();
    });
  }
}
