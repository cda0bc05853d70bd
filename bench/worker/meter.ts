/** What the worker used of its platform, summed since the last reading. */
export interface Usage {
  d1_calls: number;
  d1_statements: number;
  d1_rows_read: number;
  d1_rows_written: number;
  d1_ms: number;
  object_calls: number;
  queue_messages: number;
  /** One for each batch taken from a queue. */
  batches: { queue: string; messages: number; ms: number }[];
}

function nothing(): Usage {
  return {
    d1_calls: 0,
    d1_statements: 0,
    d1_rows_read: 0,
    d1_rows_written: 0,
    d1_ms: 0,
    object_calls: 0,
    queue_messages: 0,
    batches: [],
  };
}

/** Counts for the life of the isolate; reading resets it. */
export class Meter {
  used: Usage = nothing();

  read(): Usage {
    const { used } = this;
    this.used = nothing();
    return used;
  }

  /** The database, with every call counted and its `meta` summed. */
  database(db: D1Database): D1Database {
    const originals = new WeakMap<object, D1PreparedStatement>();
    const unwrap = (statement: D1PreparedStatement) => originals.get(statement) ?? statement;
    const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
      const all = async () => {
        const [result] = await this.counted([statement], () => statement.all());
        return result as D1Result;
      };
      const wrapped = {
        bind: (...values: unknown[]) => wrap(statement.bind(...values)),
        all,
        run: all,
        first: async (column?: string) => {
          const row = ((await all()).results[0] ?? null) as Record<string, unknown> | null;
          return column === undefined || row === null ? row : row[column];
        },
        raw: async () => (await all()).results.map((row) => Object.values(row as object)), // raw() itself has no meta
      } as unknown as D1PreparedStatement;
      originals.set(wrapped, statement);
      return wrapped;
    };
    return {
      prepare: (sql: string) => wrap(db.prepare(sql)),
      batch: (statements: D1PreparedStatement[]) => {
        const inner = statements.map(unwrap);
        return this.counted(inner, () => db.batch(inner));
      },
      exec: (sql: string) => db.exec(sql),
      withSession: (at: string) => db.withSession(at),
    } as unknown as D1Database;
  }

  queue(queue: Queue<unknown>): Queue<unknown> {
    return {
      send: (body: unknown, options?: QueueSendOptions) => {
        this.used.queue_messages += 1;
        return queue.send(body, options);
      },
      sendBatch: (messages: MessageSendRequest<unknown>[], options?: QueueSendBatchOptions) => {
        this.used.queue_messages += messages.length;
        return queue.sendBatch(messages, options);
      },
    } as unknown as Queue<unknown>;
  }

  /** Objects whose every call is counted. */
  objects<T extends object>(namespace: T): T {
    const used = () => this.used;
    const counting = (stub: Record<string, (...args: unknown[]) => unknown>) =>
      new Proxy(stub, {
        get:
          (_, name: string) =>
          (...args: unknown[]) => {
            used().object_calls += 1;
            return stub[name]?.(...args);
          },
      });
    const { idFromName, get } = namespace as unknown as {
      idFromName(name: string): unknown;
      get(id: unknown): Record<string, (...args: unknown[]) => unknown>;
    };
    return {
      idFromName: (name: string) => idFromName.call(namespace, name),
      get: (id: unknown) => counting(get.call(namespace, id)),
    } as unknown as T;
  }

  private async counted(
    statements: unknown[],
    work: () => Promise<D1Result | D1Result[]>,
  ): Promise<D1Result<unknown>[]> {
    const answer = await work();
    const results = Array.isArray(answer) ? answer : [answer];
    this.used.d1_calls += 1;
    this.used.d1_statements += statements.length;
    for (const { meta } of results) {
      this.used.d1_rows_read += meta.rows_read;
      this.used.d1_rows_written += meta.rows_written;
      this.used.d1_ms += meta.duration;
    }
    return results;
  }
}
