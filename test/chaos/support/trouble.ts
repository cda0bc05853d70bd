import type { Dice } from "./dice.ts";

/** How likely each call of the worker goes wrong, as shares; CALM is none at all. */
export interface Trouble {
  databaseBefore: number;
  databaseAfter: number;
  databaseSlow: number;
  queueBefore: number;
  queueAfter: number;
  object: number;
  slowAnswer: number;
  redelivered: number;
}

export const CALM: Trouble = {
  databaseBefore: 0,
  databaseAfter: 0,
  databaseSlow: 0,
  queueBefore: 0,
  queueAfter: 0,
  object: 0,
  slowAnswer: 0,
  redelivered: 0,
};

/** The trouble of one schedule: most kinds of trouble are absent from most of them, so that each is also met alone. */
export function drawTrouble(dice: Dice): Trouble {
  const at = (share: number) => (dice.chance(0.4) ? share * dice.next() : 0);
  return {
    databaseBefore: at(0.06),
    databaseAfter: at(0.06),
    databaseSlow: at(0.05),
    queueBefore: at(0.3),
    queueAfter: at(0.3),
    object: at(0.04),
    slowAnswer: at(0.5),
    redelivered: at(0.5),
  };
}
