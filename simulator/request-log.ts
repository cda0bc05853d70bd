export interface LoggedRequest {
  method: string;
  path: string;
  query: string;
  status: number;
  /** ms since the epoch. */
  at: number;
  /** Whether it came with a good access token. */
  authorized: boolean;
}

const MOST = 200_000;

/** What was asked of the simulator; tests prove with it what the product sends and what it never sends. */
export class RequestLog {
  readonly entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    this.entries.push(entry);
    if (this.entries.length > MOST) this.entries.splice(0, MOST / 2);
  }

  clear(): void {
    this.entries.length = 0;
  }

  count(matches: (entry: LoggedRequest) => boolean = () => true): number {
    return this.entries.filter(matches).length;
  }
}
