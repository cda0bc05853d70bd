export type { Simulator, SimulatorOptions } from "./simulator.ts";
export { createSimulator } from "./simulator.ts";
