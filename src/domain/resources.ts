/** MyCase's kinds of record that are mirrored here. */
export const MODELS = [
  "case",
  "client",
  "staff",
  "lead",
  "company",
  "custom_field",
  "people_group",
  "case_stage",
  "practice_area",
] as const;

export type Model = (typeof MODELS)[number];

/** Kinds that MyCase sends change webhooks for, as far as they matter here. */
export const WEBHOOK_MODELS = ["case", "client", "company", "lead"] as const;

export type WebhookModel = (typeof WEBHOOK_MODELS)[number];

export function hasWebhooks(model: Model): model is WebhookModel {
  return (WEBHOOK_MODELS as readonly string[]).includes(model);
}

/** Kinds that can be read by id; the firm-defined lists can only be read whole. */
export const RECORD_MODELS = ["case", "client", "company", "lead", "staff"] as const;

export type RecordModel = (typeof RECORD_MODELS)[number];

/** Kinds whose rows end with their record: what a complete listing did not show of them is asked for by id. */
export const DELETABLE_MODELS = ["case", "client", "staff", "lead"] as const;

export type DeletableModel = (typeof DELETABLE_MODELS)[number];

export function isDeletable(model: Model): model is DeletableModel {
  return (DELETABLE_MODELS as readonly string[]).includes(model);
}

/** The firm's own lists: small, read whole, and part of what every derivation is told. */
export const LIST_MODELS = ["custom_field", "people_group", "case_stage", "practice_area"] as const;

export type ListModel = (typeof LIST_MODELS)[number];

export function isListModel(model: Model): model is ListModel {
  return (LIST_MODELS as readonly string[]).includes(model);
}
