import { DatabaseSync } from "node:sqlite";

export interface Binding {
  type: string;
  name: string;
  id?: string;
  queue_name?: string;
}

export interface Script {
  bindings: Binding[];
  secrets: Set<string>;
  crons: string[];
}

export interface Consumer {
  type: "worker";
  consumer_id: string;
  script: string;
}

const SECRETS = ["MYCASE_CLIENT_ID", "MYCASE_CLIENT_SECRET", "ADMIN_API_KEY", "ENCRYPTION_KEY"];

/** What a Cloudflare account holds: databases are SQLite in memory, a worker is the metadata it was uploaded with. */
export class Account {
  readonly databases = new Map<string, { name: string; sql: DatabaseSync }>();
  readonly queues = new Map<string, { id: string; consumers: Consumer[] }>();
  readonly buckets = new Set<string>();
  readonly scripts = new Map<string, Script>();

  createDatabase(name: string): string {
    const uuid = `d1-${this.databases.size + 1}`;
    this.databases.set(uuid, { name, sql: new DatabaseSync(":memory:") });
    return uuid;
  }

  createQueue(name: string): string {
    const id = `queue-${this.queues.size + 1}`;
    this.queues.set(name, { id, consumers: [] });
    return id;
  }

  queueById(id: string) {
    return [...this.queues.values()].find((queue) => queue.id === id);
  }

  /** Stores a version of a worker; what is wrong with its bindings otherwise. */
  upload(name: string, metadata: { bindings?: Binding[]; keep_bindings?: string[] }): string | null {
    const bindings = metadata.bindings ?? [];
    const previous = this.scripts.get(name);
    for (const { type, queue_name, id } of bindings) {
      if (type === "queue" && !this.queues.has(queue_name ?? "")) return `queue ${queue_name} does not exist`;
      if (type === "d1" && !this.databases.has(id ?? "")) return `database ${id} does not exist`;
    }
    const secrets = new Set(metadata.keep_bindings?.includes("secret_text") ? previous?.secrets : []);
    for (const binding of bindings) if (binding.type === "secret_text") secrets.add(binding.name);
    const resolved = bindings.map((binding) => {
      const inherited = previous?.bindings.find((bound) => bound.name === binding.name);
      return binding.type === "inherit" && inherited ? inherited : binding;
    });
    this.scripts.set(name, { bindings: resolved, secrets, crons: previous?.crons ?? [] });
    return null;
  }

  /** What the worker that was uploaded last is still missing; empty when it can do its work. */
  missing(): string[] {
    const [name, script] = [...this.scripts].at(-1) ?? [];
    if (!name || !script) return ["a worker"];
    const database = this.databases.get(script.bindings.find(({ type }) => type === "d1")?.id ?? "");
    const tables = database?.sql.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'projects'").get();
    const consumed = [...this.queues.values()].filter(({ consumers }) =>
      consumers.some(({ script }) => script === name),
    );
    return [
      ...SECRETS.filter((secret) => !script.secrets.has(secret)),
      ...(tables?.n === 1 ? [] : ["migrations"]),
      ...(consumed.length >= 3 ? [] : ["queue consumers"]),
      ...(script.crons.length > 0 ? [] : ["cron triggers"]),
    ];
  }
}
