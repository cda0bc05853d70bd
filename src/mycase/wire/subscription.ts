import { z } from "zod";
import { text } from "./lenient.ts";

/** A webhook subscription. `id` is documented as a string; `hmac_key` as part of every answer. */
export const subscriptionWire = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  model: text,
  url: text,
  hmac_key: text,
});

export const subscriptionsWire = z.array(subscriptionWire);

export type Subscription = z.output<typeof subscriptionWire>;

export interface SubscriptionRequest {
  model: string;
  url: string;
  actions: ("created" | "updated" | "deleted")[];
}
