const MAX_UNDERWAY = 4;

/** Work that goes on while the next things happen, and answers that are held back until some of them have. */
export class Underway {
  /** The path of the next answer that is held back, whatever the weather. */
  holdNext: string | null = null;
  private readonly works = new Set<Promise<unknown>>();
  private held: { operations: number }[] = [];
  private readonly failures: unknown[] = [];

  get full(): boolean {
    return this.works.size >= MAX_UNDERWAY;
  }

  follow(work: Promise<unknown>): void {
    const followed = work.catch((error) => this.failures.push(error)).finally(() => this.works.delete(followed));
    this.works.add(followed);
  }

  /**
   * Resolves after that many more operations. It polls, because the held answer and the operations are in different
   * Durable Objects, and neither may resolve the other's promise.
   */
  async hold(operations: number): Promise<void> {
    const answer = { operations };
    this.held.push(answer);
    while (this.held.includes(answer)) await yieldToOthers();
  }

  /** Called for every operation. */
  operated(): void {
    for (const answer of this.held) answer.operations -= 1;
    this.held = this.held.filter((answer) => answer.operations > 0);
  }

  /** Resolves when nothing is underway any more, or throws what went wrong on the way; nothing is held back from here on. */
  async whenIdle(): Promise<void> {
    while (this.works.size > 0) {
      this.held = [];
      await Promise.race([...this.works, yieldToOthers()]);
    }
    if (this.failures.length > 0) throw this.failures[0];
  }
}

/** Lets everything else that is ready run. */
export function yieldToOthers(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
