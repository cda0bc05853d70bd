import type { Env } from "../../../src/env.ts";
import type { Host, Shared } from "./host.ts";

type Connections = Env["MYCASE_CONNECTION"];
type Method = (...given: unknown[]) => Promise<unknown>;

/** The Durable Objects as one worker reaches them: now and then a call is refused, as when an object is moved. */
export function troubledConnections(real: Connections, host: Host, shared: Shared): Connections {
  const call = async (method: Method, given: unknown[]) => {
    await host.step();
    if (shared.dice.chance(shared.trouble.object)) {
      shared.tally.injected("object failing");
      throw new Error("Durable Object reset because its code was updated.");
    }
    const result = await method(...given);
    await host.step();
    return result;
  };
  return {
    idFromName: (name: string) => real.idFromName(name),
    get(id: DurableObjectId) {
      const stub = real.get(id) as unknown as Record<string, Method>;
      return new Proxy(
        {},
        {
          get:
            (_, name: string) =>
            (...given: unknown[]) =>
              call((...all) => stub[name]?.(...all) as Promise<unknown>, given),
        },
      );
    },
  } as unknown as Connections;
}
