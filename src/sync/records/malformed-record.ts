import type { Model } from "../../domain/resources.ts";

/** What a person is told about a record that has not the documented form. */
export function malformedDetail(model: Model, id: number): string {
  return `MyCase's ${model} ${id} has not the documented form`;
}
