/** 24 hours and two weeks, as documented. */
const ACCESS_LIFE_S = 86_400;
const REFRESH_LIFE_S = 1_209_600;
const CODE_LIFE_S = 600;

export interface TokenState {
  codes: Record<string, { redirectUri: string; expiresAt: number }>;
  access: Record<string, number>;
  /** The refresh token that is good now; every other one has been used. */
  refresh: { token: string; expiresAt: number } | null;
  firmUuid: string;
}

/** The authorization server's memory. Times in ms; lives in seconds. */
export class Tokens {
  state: TokenState = { codes: {}, access: {}, refresh: null, firmUuid: randomText(16) };
  accessLifeSeconds = ACCESS_LIFE_S;
  refreshLifeSeconds = REFRESH_LIFE_S;
  refreshCalls = 0;
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  issueCode(redirectUri: string): string {
    const code = randomText(24);
    this.state.codes[code] = { redirectUri, expiresAt: this.now() + CODE_LIFE_S * 1000 };
    return code;
  }

  /** A code is good once, and only for the address it was issued to. */
  spendCode(code: string, redirectUri: string): boolean {
    const issued = this.state.codes[code];
    delete this.state.codes[code];
    return issued !== undefined && issued.redirectUri === redirectUri && issued.expiresAt > this.now();
  }

  isCurrentRefresh(token: string): boolean {
    const { refresh } = this.state;
    return refresh !== null && refresh.token === token && refresh.expiresAt > this.now();
  }

  /** New tokens; the refresh token before them is spent. Earlier access tokens live on. */
  issue(): { access_token: string; refresh_token: string } {
    const access_token = randomText(32);
    const refresh_token = randomText(32);
    this.state.access[access_token] = this.now() + this.accessLifeSeconds * 1000;
    this.state.refresh = { token: refresh_token, expiresAt: this.now() + this.refreshLifeSeconds * 1000 };
    return { access_token, refresh_token };
  }

  isAccess(token: string): boolean {
    return (this.state.access[token] ?? 0) > this.now();
  }

  killAccess(): void {
    this.state.access = {};
  }

  killRefresh(): void {
    this.state.refresh = null;
  }
}

export function randomText(bytes: number): string {
  const drawn = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...drawn))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
