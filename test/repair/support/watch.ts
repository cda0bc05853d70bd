import { expect } from "vitest";
import { ask } from "../../support/api.ts";
import type { World } from "../../support/world.ts";

/** A request that the worker sends to MyCase's API, and how many were sent before it. */
export interface Asked {
  number: number;
  path: string;
  url: URL;
}

/** Has `look` done before MyCase answers each request of its API; gives what ends that. */
export function beforeEachRequest(world: World, look: (asked: Asked) => unknown): () => void {
  const { simulator } = world;
  const answer = simulator.handle;
  let number = 0;
  simulator.handle = async (request) => {
    const url = new URL(request.url);
    if (url.pathname.startsWith("/v1/")) await look({ number: number++, path: url.pathname, url });
    return answer(request);
  };
  return () => {
    simulator.handle = answer;
  };
}

/** Done once, before the request of this number is answered. */
export function atRequest(world: World, number: number, act: (asked: Asked) => unknown): () => void {
  return beforeEachRequest(world, (asked) => (asked.number === number ? act(asked) : undefined));
}

interface Progress {
  done: number;
  total: number | null;
}

/** Looks at an org's latest run at every request of it; gives what ends that, and says that it only ever went forwards. */
export function expectProgress(world: World): () => void {
  const seen: (Progress & { id: string })[] = [];
  const stop = beforeEachRequest(world, async () => {
    const [run] = (await ask(world, "GET", `/v1/orgs/${world.org}/runs?limit=1`)).body.data;
    if (run) seen.push({ id: run.id, ...run.progress });
  });
  return () => {
    stop();
    expect(seen.length).toBeGreaterThan(0);
    for (const [index, { id, done, total }] of seen.entries()) {
      const before = seen[index - 1];
      if (before?.id === id) expect(done).toBeGreaterThanOrEqual(before.done);
      if (total !== null) expect(done).toBeLessThanOrEqual(total);
    }
  };
}

/** Done once, before the second page of the listing with this path is answered. */
export function onSecondPage(world: World, path: string, act: () => unknown): () => void {
  let done = false;
  return beforeEachRequest(world, (asked) => {
    if (done || asked.path !== path || !asked.url.searchParams.has("page_token")) return;
    done = true;
    return act();
  });
}
