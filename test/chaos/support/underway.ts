const MOST = 4;

/** Work that goes on while the next things happen, and answers that are held back until some of them have. */
export class Underway {
  /** The path of the next answer that is held back, whatever the weather. */
  holdNext: string | null = null;
  private readonly works = new Set<Promise<unknown>>();
  private held: { operations: number }[] = [];
  private readonly failures: unknown[] = [];

  get full(): boolean {
    return this.works.size >= MOST;
  }

  follow(work: Promise<unknown>): void {
    const followed = work.catch((error) => this.failures.push(error)).finally(() => this.works.delete(followed));
    this.works.add(followed);
  }

  /**
   * Resolves once so many more operations have been done. It looks again and again, as the one that is held is in
   * another Durable Object than the one that operates, and neither may resolve the other's promise.
   */
  async hold(operations: number): Promise<void> {
    const one = { operations };
    this.held.push(one);
    while (this.held.includes(one)) await aTurn();
  }

  /** To be told of every operation. */
  operated(): void {
    for (const one of this.held) one.operations -= 1;
    this.held = this.held.filter((one) => one.operations > 0);
  }

  /** Resolves when nothing is underway any more, or throws what went wrong on the way; nothing is held back from here on. */
  async settle(): Promise<void> {
    while (this.works.size > 0) {
      this.held = [];
      await Promise.race([...this.works, aTurn()]);
    }
    if (this.failures.length > 0) throw this.failures[0];
  }
}

/** Everybody else's turn. */
export function aTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
