import type { Clock } from "../../platform/clock.ts";
import type { Vault } from "../../platform/vault.ts";
import type { Grant } from "./oauth.ts";

/** Tokens that MyCase gave and that nobody has accepted yet. Times in ms. */
export interface GrantOffer {
  id: string;
  grant: Grant;
  origin: string;
  replaceFirm: boolean;
  expiresAt: number;
}

/** Seals offers, so that they can wait outside, for example in a page that asks for a confirmation, and nothing is stored. */
export class GrantOffers {
  private readonly vault: Vault;
  private readonly context: string;
  private readonly clock: Clock;

  constructor(vault: Vault, context: string, clock: Clock) {
    this.vault = vault;
    this.context = context;
    this.clock = clock;
  }

  seal(offer: GrantOffer): Promise<string> {
    return this.vault.seal(JSON.stringify(offer), this.context);
  }

  /** Null when it is not one of this org's, or has expired. */
  async open(sealed: string): Promise<GrantOffer | null> {
    try {
      const offer = JSON.parse(await this.vault.open(sealed, this.context)) as GrantOffer;
      return offer.expiresAt > this.clock() ? offer : null;
    } catch (error) {
      if (error instanceof Error) return null; // altered, or sealed for another org
      throw error;
    }
  }
}
