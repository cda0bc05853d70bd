/** 24 hours and two weeks, as documented. */
const ACCESS_LIFE_S = 86_400;
const REFRESH_LIFE_S = 1_209_600;
const CODE_LIFE_S = 600;

export interface TokenState {
  codes: Record<string, { redirectUri: string; expiresAt: number }>;
  access: Record<string, number>;
  /** The refresh token that was given last. */
  refresh: { token: string; expiresAt: number } | null;
  /** Every refresh token that has not been used: one for each time that somebody agreed. */
  unspent: Record<string, number>;
  firmUuid: string;
}

/** The authorization server's memory. Times in ms; lives in seconds. */
export class Tokens {
  state: TokenState = { codes: {}, access: {}, refresh: null, unspent: {}, firmUuid: randomText(16) };
  accessLifeSeconds = ACCESS_LIFE_S;
  refreshLifeSeconds = REFRESH_LIFE_S;
  /** How often a refresh was asked for, and how many pairs of tokens were given. */
  refreshCalls = 0;
  issued = 0;
  private readonly now: () => number;
  private readonly onChange: () => void;

  constructor(now: () => number, onChange: () => void = () => {}) {
    this.now = now;
    this.onChange = onChange;
  }

  issueCode(redirectUri: string): string {
    const code = randomText(24);
    this.state.codes[code] = { redirectUri, expiresAt: this.now() + CODE_LIFE_S * 1000 };
    return code;
  }

  /** A code is good once, and only for the address it was issued to. */
  spendCode(code: string, redirectUri: string): boolean {
    const issued = Object.hasOwn(this.state.codes, code) ? this.state.codes[code] : undefined;
    delete this.state.codes[code];
    return issued !== undefined && issued.redirectUri === redirectUri && issued.expiresAt > this.now();
  }

  isCurrentRefresh(token: string): boolean {
    return Object.hasOwn(this.state.unspent, token) && (this.state.unspent[token] ?? 0) > this.now();
  }

  /** New tokens; the refresh token that they are given for is spent. Earlier access tokens live on. */
  issue(spent?: string): { access_token: string; refresh_token: string } {
    const now = this.now();
    const access_token = randomText(32);
    const refresh_token = randomText(32);
    const refreshUntil = now + this.refreshLifeSeconds * 1000;
    if (spent !== undefined) delete this.state.unspent[spent];
    this.state.access = { ...stillGood(this.state.access, now), [access_token]: now + this.accessLifeSeconds * 1000 };
    this.state.unspent = { ...stillGood(this.state.unspent, now), [refresh_token]: refreshUntil };
    this.state.refresh = { token: refresh_token, expiresAt: refreshUntil };
    this.issued += 1;
    this.onChange();
    return { access_token, refresh_token };
  }

  isAccess(token: string): boolean {
    return Object.hasOwn(this.state.access, token) && (this.state.access[token] ?? 0) > this.now();
  }

  revokeAccessTokens(): void {
    this.state.access = {};
    this.onChange();
  }

  revokeRefreshTokens(): void {
    this.state.refresh = null;
    this.state.unspent = {};
    this.onChange();
  }
}

function stillGood(tokens: Record<string, number>, now: number): Record<string, number> {
  return Object.fromEntries(Object.entries(tokens).filter(([, expiresAt]) => expiresAt > now));
}

export function randomText(bytes: number): string {
  const drawn = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...drawn))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
