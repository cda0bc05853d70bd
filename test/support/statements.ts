import type { World } from "./world.ts";

/** How many statements the work prepares. */
export async function statementsOf(world: World, work: () => Promise<unknown>): Promise<number> {
  const { prepare } = world.env.DB;
  let statements = 0;
  world.env.DB.prepare = (sql) => {
    statements += 1;
    return prepare.call(world.env.DB, sql);
  };
  try {
    await work();
  } finally {
    world.env.DB.prepare = prepare;
  }
  return statements;
}
