interface Resource {
  /** MyCase sends change webhooks for it, as far as they matter here. */
  webhooks: boolean;
  /** It can be read by id; the org's own lists can only be read whole. */
  byId: boolean;
  /** Its rows end with its record: what a complete listing did not show is asked for by id. */
  deletable: boolean;
  /** One of the org's own lists: small, read whole, and part of the configuration of every derivation. */
  orgList: boolean;
  /** Nothing works without its listing; another one that MyCase refuses costs only what hangs on it. */
  essential: boolean;
}

const ORG_LIST = { webhooks: false, byId: false, deletable: false, orgList: true, essential: false } as const;

/** MyCase's kinds of record that are mirrored here. */
const RESOURCES = {
  case: { webhooks: true, byId: true, deletable: true, orgList: false, essential: true },
  client: { webhooks: true, byId: true, deletable: true, orgList: false, essential: true },
  staff: { webhooks: false, byId: true, deletable: true, orgList: false, essential: true },
  lead: { webhooks: true, byId: true, deletable: true, orgList: false, essential: false },
  company: { webhooks: true, byId: true, deletable: false, orgList: false, essential: false },
  custom_field: ORG_LIST,
  people_group: ORG_LIST,
  case_stage: ORG_LIST,
  practice_area: ORG_LIST,
} as const satisfies Record<string, Resource>;

export type Model = keyof typeof RESOURCES;
type ModelsWith<Flag extends keyof Resource> = {
  [M in Model]: (typeof RESOURCES)[M][Flag] extends true ? M : never;
}[Model];

export type WebhookModel = ModelsWith<"webhooks">;
export type RecordModel = ModelsWith<"byId">;
export type DeletableModel = ModelsWith<"deletable">;

export const MODELS = Object.keys(RESOURCES) as Model[];
export const WEBHOOK_MODELS = modelsWith("webhooks");
export const RECORD_MODELS = modelsWith("byId");
export const DELETABLE_MODELS = modelsWith("deletable");
export const ORG_LIST_MODELS = modelsWith("orgList");

export function hasWebhooks(model: Model): model is WebhookModel {
  return RESOURCES[model].webhooks;
}

export function isRecordModel(model: Model): model is RecordModel {
  return RESOURCES[model].byId;
}

export function isDeletable(model: Model): model is DeletableModel {
  return RESOURCES[model].deletable;
}

export function isOrgList(model: Model): model is ModelsWith<"orgList"> {
  return RESOURCES[model].orgList;
}

export function isEssential(model: Model): boolean {
  return RESOURCES[model].essential;
}

function modelsWith<Flag extends keyof Resource>(flag: Flag): ModelsWith<Flag>[] {
  return MODELS.filter((model): model is ModelsWith<Flag> => RESOURCES[model][flag]);
}
