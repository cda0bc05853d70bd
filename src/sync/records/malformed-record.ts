import type { Model } from "../../domain/resources.ts";

/** What a person is told about a record that cannot be used. */
export function malformedDetail(model: Model, id: number): string {
  return `MyCase's ${model} ${id} has not the documented form, or is larger than 1.9 MB`;
}
