import { describe, expect, test } from "vitest";
import { experimental_readRawConfig as readRawConfig } from "wrangler";
import { readOptions } from "../../scripts/deploy/deploy-options.ts";
import { configFor, installationOf, nameProblem, type WranglerConfig } from "../../scripts/deploy/installation.ts";

const template = readRawConfig({ config: "wrangler.toml" }).rawConfig as unknown as WranglerConfig;

describe("an installation's names", () => {
  test("are derived from its own name, dead queue included", () => {
    const { databases, queues } = installationOf(template, { name: "acme", bucket: null });
    expect(databases).toEqual(["acme"]);
    expect(queues).toEqual(expect.arrayContaining(["acme-live", "acme-bulk", "acme-dead"]));
    expect(queues.every((queue) => queue.startsWith("acme-"))).toBe(true);
  });

  test("of two installations never meet", () => {
    const first = installationOf(template, { name: "acme", bucket: null });
    const second = installationOf(template, { name: "acme-eu", bucket: null });
    expect(first.queues.filter((queue) => second.queues.includes(queue))).toEqual([]);
    expect(first.databases.filter((database) => second.databases.includes(database))).toEqual([]);
  });

  test.each(["", "Acme", "-acme", "acme-", "1acme", "a".repeat(43), "acme corp", "../acme"])(
    "%j is refused",
    (name) => {
      expect(nameProblem(name)).not.toBeNull();
      expect(() => readOptions(["--name", name])).toThrow(/--name/);
    },
  );
});

describe("the configuration written for wrangler", () => {
  const installation = installationOf(template, { name: "acme", bucket: "acme-archive" });
  const databaseIds = new Map([["acme", "uuid-1"]]);

  test("names the installation's own resources only", () => {
    const config = configFor(template, installation, { databaseIds, publicUrl: "https://acme.firm.workers.dev" });
    expect(JSON.stringify(config)).not.toMatch(/"mycase-sync/);
    expect(config.d1_databases[0]).toMatchObject({ binding: "DB", database_name: "acme", database_id: "uuid-1" });
    expect(config.r2_buckets).toEqual([{ binding: "ARCHIVE", bucket_name: "acme-archive" }]);
    expect(config.vars?.PUBLIC_URL).toBe("https://acme.firm.workers.dev");
    expect(config).not.toHaveProperty("routes");
  });

  test("attaches a host of one's own", () => {
    const config = configFor(template, installation, { databaseIds, publicUrl: "https://sync.example.com" });
    expect(config.routes).toEqual([{ pattern: "sync.example.com", custom_domain: true }]);
  });

  test("is refused when a database has no id, rather than deployed with a placeholder", () => {
    expect(() => configFor(template, installation, { databaseIds: new Map(), publicUrl: null })).toThrow(/acme/);
  });
});
