import { env as workerEnv } from "cloudflare:workers";
import type { Env } from "../../../src/env.ts";
import type { Broker } from "./broker.ts";
import type { Dice } from "./dice.ts";
import type { OneAtATime } from "./one-at-a-time.ts";
import type { Tally } from "./tally.ts";
import type { Trouble } from "./trouble.ts";
import { troubledConnections } from "./troubled-connections.ts";
import { troubledDatabase } from "./troubled-database.ts";
import { troubledQueue } from "./troubled-queue.ts";

const NEVER = new Promise<never>(() => {});

/** What all workers of a world share. */
export interface Shared {
  dice: Dice;
  tally: Tally;
  database: OneAtATime;
  broker: Broker;
  /** As it is just now. */
  trouble: Trouble;
}

/**
 * One isolate of the worker. Everything it does to the outside passes `step`; once it has been killed no call returns,
 * neither with a value nor with an error, and whatever it held in memory is gone with its environment.
 */
export class Host {
  readonly env: Env;
  dead = false;
  readonly death: Promise<null>;
  private die: () => void = () => {};
  private stepsLeft = Number.POSITIVE_INFINITY;
  private readonly shared: Shared;

  constructor(shared: Shared) {
    this.shared = shared;
    this.death = new Promise((resolve) => {
      this.die = () => resolve(null);
    });
    const real = workerEnv as unknown as Env;
    this.env = {
      ...real,
      DB: troubledDatabase(real.DB, this, shared),
      MYCASE_CONNECTION: troubledConnections(real.MYCASE_CONNECTION, this, shared),
      LIVE_QUEUE: troubledQueue("live", this, shared),
      BULK_QUEUE: troubledQueue("bulk", this, shared),
    };
  }

  /** It dies after so many steps more. */
  killAfter(steps: number): void {
    this.stepsLeft = steps;
  }

  spare(): void {
    this.stepsLeft = Number.POSITIVE_INFINITY;
  }

  async step(): Promise<void> {
    if (this.dead) await NEVER;
    this.stepsLeft -= 1;
    if (this.stepsLeft >= 0) return;
    this.dead = true;
    this.shared.tally.injected("worker killed");
    this.die();
    await NEVER;
  }

  /** The work's value, or null when the worker dies over it. */
  run<T>(work: () => Promise<T>): Promise<T | null> {
    return Promise.race([work(), this.death]);
  }
}
