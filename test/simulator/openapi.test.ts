import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { createSimulator } from "../../simulator/simulator.ts";
import { signIn } from "./client.ts";

/**
 * The folder with MyCase's OpenAPI documents, which may not be part of this repository. Without the variable only that the
 * simulator answers is checked; with one that names no such folder everything fails.
 */
const FOLDER = process.env.MYCASE_OPENAPI_DIR;

interface Document {
  paths: Record<string, { get?: { responses: Record<string, { content?: Record<string, { schema: object }> }> } }>;
}

/** A validator for what a GET of the path answers, by the vendor's own document. */
function validatorOf(file: string, path: string): ValidateFunction {
  const document = JSON.parse(readFileSync(join(String(FOLDER), file), "utf8")) as Document;
  const ajv = new Ajv({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  ajv.addSchema(document, "vendor");
  const content = document.paths[path]?.get?.responses["200"]?.content ?? {};
  const type = Object.keys(content)[0] ?? "";
  const pointer = ["paths", path, "get", "responses", "200", "content", type, "schema"];
  const escaped = pointer.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
  return ajv.compile({ $ref: `vendor#/${escaped}` });
}

const CHECKED: [file: string, documented: string, asked: string][] = [
  ["Cases.json", "/v1/cases", "cases?page_size=1000"],
  [
    "Cases.json",
    "/v1/cases",
    "cases?page_size=50&field[client]=id,first_name,last_name,email,contact_group&field[custom_field]=id,field_type",
  ],
  ["Cases.json", "/v1/cases/{id}", "cases/20000001"],
  ["Clients.json", "/v1/clients", "clients?page_size=1000"],
  ["Clients.json", "/v1/clients/{id}", "clients/30000001"],
  ["Staff.json", "/v1/staff", "staff?page_size=1000"],
  ["Leads.json", "/v1/leads", "leads?page_size=1000"],
  ["Companies.json", "/v1/companies", "companies?page_size=1000"],
  ["CustomFields.json", "/v1/custom_fields", "custom_fields"],
  ["PeopleGroups.json", "/v1/people_groups", "people_groups"],
  ["CaseStages.json", "/v1/case_stages", "case_stages"],
  ["PracticeAreas.json", "/v1/practice_areas", "practice_areas"],
  ["CaseRoles.json", "/v1/case_roles", "case_roles"],
  ["Firm.json", "/v1/firm", "firm"],
  ["Webhooks.json", "/v1/webhooks/subscriptions", "webhooks/subscriptions"],
];

test.each(CHECKED)("the simulator answers %s %s at %s", async (_file, _documented, asked) => {
  const body = await answerTo(asked);
  expect(Array.isArray(body) ? body.length : 1).toBeGreaterThan(0);
});

test.skipIf(FOLDER === undefined).each(CHECKED)("%s: what %s promises, %s answers", async (file, documented, asked) => {
  const validate = validatorOf(file, documented);
  const body = await answerTo(asked);
  expect(validate(body) ? [] : validate.errors?.slice(0, 3)).toEqual([]);
  expect(validate(Array.isArray(body) ? [[]] : [])).toBe(false); // the schema was found, and can refuse
});

async function answerTo(asked: string): Promise<unknown> {
  const simulator = createSimulator({ cases: 120, delivery: "manual", requestsPerSecond: Number.POSITIVE_INFINITY });
  const client = await signIn(simulator);
  await client.send("POST", "webhooks/subscriptions", {
    model: "case",
    url: "http://sync.test/hook",
    actions: ["updated"],
  });
  const answer = await client.get(asked);
  expect(answer.status).toBe(200);
  return answer.json();
}
