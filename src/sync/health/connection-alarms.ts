import type { ConnectionStatus } from "../../mycase/connection/types.ts";
import { type Alarm, alarm, connectionAlarm } from "./alarm-codes.ts";

/** What the alarms of a connection are raised from. */
export type ConnectionInputs = Pick<ConnectionStatus, "state" | "cause" | "since" | "why" | "refresh_expires_at">;

const EXPIRY_WARNING_MS = 4 * 24 * 60 * 60 * 1000;
const LONG_OUTAGE_MS = 60 * 60 * 1000; // an outage that lasts this long is the firm's business too

export function connectionAlarms(connection: ConnectionInputs, now: Date): Alarm[] {
  const { state, cause, since, why, refresh_expires_at } = connection;
  if (state === "not_connected") return [];
  const alarms: Alarm[] = [];
  if (state !== "connected") {
    const lasting = since !== null && now.getTime() - Date.parse(since) >= LONG_OUTAGE_MS;
    const { severity, fix } = connectionAlarm({ state, cause });
    alarms.push(alarm(state, { since, detail: why ?? state, severity: lasting ? "critical" : severity, fix }));
  }
  if (refresh_expires_at && Date.parse(refresh_expires_at) - now.getTime() < EXPIRY_WARNING_MS) {
    const detail = `The refresh token expires at ${refresh_expires_at}; it should have been renewed daily.`;
    alarms.push(alarm("refresh_token_expiring", { since: null, detail }));
  }
  return alarms;
}
