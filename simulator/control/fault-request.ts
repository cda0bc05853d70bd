import { ApiError } from "../api/errors.ts";
import type { FaultRule } from "../fault-rules.ts";
import type { LostPermission, WebhookFaults } from "../faults.ts";
import type { Simulator } from "../simulator.ts";

/** What `POST /control/faults` takes; whatever is given is switched, the rest stays. */
interface FaultRequest {
  rule?: FaultRule;
  webhooks?: Partial<WebhookFaults>;
  maintenance?: boolean;
  shuffleArrays?: boolean;
  lostPermission?: LostPermission;
  truncateListings?: boolean;
  duplicateAcrossPages?: boolean;
  loseRefreshAnswers?: number;
  /** By case id; null shows the case again. */
  hideCases?: Record<string, 403 | 404 | null>;
  revokeAccessTokens?: boolean;
  revokeRefreshTokens?: boolean;
  expirePageLinks?: boolean;
  /** 0 turns the limit off. */
  requestsPerSecond?: number;
  sendRetryAfter?: boolean;
}

/** Switches what the request names; the id of the rule that it adds, or null. A rule without a pattern for paths is a 400. */
export function misbehave(simulator: Simulator, body: unknown): number | null {
  const request = body as FaultRequest;
  const { faults, limit } = simulator;
  const rule = request.rule ? addRule(simulator, request.rule) : null;
  if (request.webhooks) faults.webhooks = { ...faults.webhooks, ...request.webhooks };
  faults.maintenance = request.maintenance ?? faults.maintenance;
  faults.shuffleArrays = request.shuffleArrays ?? faults.shuffleArrays;
  faults.truncateListings = request.truncateListings ?? faults.truncateListings;
  faults.duplicateAcrossPages = request.duplicateAcrossPages ?? faults.duplicateAcrossPages;
  faults.loseRefreshAnswers = request.loseRefreshAnswers ?? faults.loseRefreshAnswers;
  if (request.lostPermission !== undefined) faults.losePermission(request.lostPermission);
  for (const [id, status] of Object.entries(request.hideCases ?? {})) faults.hideCase(Number(id), status);
  if (request.revokeAccessTokens) faults.revokeAccessTokens();
  if (request.revokeRefreshTokens) faults.revokeRefreshTokens();
  if (request.expirePageLinks) faults.expirePageLinks();
  limit.sendRetryAfter = request.sendRetryAfter ?? limit.sendRetryAfter;
  if (request.requestsPerSecond !== undefined)
    limit.requestsPerSecond = request.requestsPerSecond || Number.POSITIVE_INFINITY;
  return rule;
}

function addRule({ faults }: Simulator, rule: FaultRule): number {
  try {
    if (typeof rule.path === "string") return faults.add(rule);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new ApiError(400, "path must be a regular expression", { pointer: "/rule/path" });
}
