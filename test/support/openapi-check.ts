import Ajv, { type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

// biome-ignore lint/suspicious/noExplicitAny: the document is walked whatever its shape
type Node = any;

interface Answered {
  method: string;
  path: string;
  status: number;
  contentType: string;
  body: unknown;
}

/** Fails on an answer that the OpenAPI document does not describe: its status, its content type, or any of its members. */
export function createAnswerCheck(document: Node): (answer: Answered) => void {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(closed(structuredClone(document)), "api");
  const routes = Object.keys(document.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
  }));
  const validators = new Map<string, ValidateFunction>();
  const validatorOf = (pointer: string) => {
    const validator = validators.get(pointer) ?? ajv.compile({ $ref: `api#${pointer}` });
    validators.set(pointer, validator);
    return validator;
  };

  return ({ method, path, status, contentType, body }) => {
    const place = `${method} ${path} ${status}`;
    const validate = (pointer: string) => {
      const validator = validatorOf(pointer);
      if (validator(body)) return;
      const errors = validator.errors?.map(
        (error) => `${error.instancePath || "/"} ${error.message} ${words(error.params)}`,
      );
      throw new Error(`${place} breaks its schema: ${errors?.join("; ")}\n${JSON.stringify(body).slice(0, 2000)}`);
    };
    if (contentType === "application/problem+json") validate("/components/schemas/Problem");
    const route = routes.find(({ pattern }) => pattern.test(path.split("?")[0] ?? ""));
    const verb = method.toLowerCase();
    const operation = route && document.paths[route.path][verb];
    if (!operation || status === 405) return;
    const response = operation.responses[status];
    if (!response) throw new Error(`${place} is not documented: ${JSON.stringify(body).slice(0, 500)}`);
    if (!contentType.includes("json")) return;
    if (!response.content?.[contentType]) throw new Error(`${place} answers ${contentType}, which is not documented`);
    validate(`/paths/${escaped(route.path)}/${verb}/responses/${status}/content/${escaped(contentType)}/schema`);
  };
}

/** Objects have the members that are documented and no others, unless the schema says more. */
function closed(node: Node): Node {
  if (Array.isArray(node)) node.forEach(closed);
  else if (typeof node === "object" && node !== null) {
    Object.values(node).forEach(closed);
    if (node.type?.includes?.("object") && node.properties) node.additionalProperties ??= false;
  }
  return node;
}

function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function words(params: object): string {
  return Object.keys(params).length > 0 ? JSON.stringify(params) : "";
}
