import { html } from "hono/html";

type Json = Record<string, unknown>;

interface Operation {
  method: string;
  path: string;
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Json }[];
  requestBody?: { content?: Record<string, { schema?: Json }> };
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Json }> }>;
}

const METHODS = ["get", "post", "put", "patch", "delete"];

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:0;color:#1c2430;background:#f6f7f9}
header{background:#1f3a5f;color:#fff;padding:24px 32px}header a{color:#cfe0f5}
main{max-width:1000px;margin:0 auto;padding:16px 24px}
details{background:#fff;border:1px solid #dfe3e9;border-radius:8px;margin:8px 0;padding:8px 14px}
summary{cursor:pointer}code,pre{font:13px/1.45 ui-monospace,monospace}pre{background:#f0f2f5;padding:10px;overflow:auto}
.m{display:inline-block;width:64px;font-weight:700;text-transform:uppercase;color:#1f5fae}
table{border-collapse:collapse}td,th{padding:3px 10px;border-bottom:1px solid #e8ebef;text-align:left;vertical-align:top}`;

/** The API reference as one page without script or other origins; everything is escaped. */
export function referencePage(document: object) {
  const {
    paths = {},
    components,
    info,
  } = document as {
    paths?: Record<string, Record<string, Operation>>;
    components?: { schemas?: Record<string, Json> };
    info: { title: string; description?: string };
  };
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => (item[method] ? [{ ...item[method], method, path }] : [])),
  );
  const tags = [...new Set(operations.map((operation) => operation.tags?.[0] ?? "Other"))];
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${info.title} API</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><style>${STYLE}</style></head>
<body><header><h1>${info.title} API</h1><p>${info.description}</p>
<p><a href="/openapi.json">openapi.json</a>. Send a key as <code>Authorization: Bearer KEY</code>. Errors are
<code>application/problem+json</code> with a stable <code>code</code>.</p></header><main>
${tags.map(
  (tag) =>
    html`<h2>${tag}</h2>${operations.filter((operation) => (operation.tags?.[0] ?? "Other") === tag).map(operationView)}`,
)}
<h2>Schemas</h2>${Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) =>
      html`<details id="schema-${name}"><summary><code>${name}</code></summary><pre>${JSON.stringify(schema, null, 2)}</pre></details>`,
  )}</main></body></html>`;
}

function operationView(operation: Operation) {
  const body = operation.requestBody?.content?.["application/json"]?.schema;
  return html`<details><summary><span class="m">${operation.method}</span> <code>${operation.path}</code> ${operation.summary}</summary>
<p>${operation.description}</p>
${
  operation.parameters?.length
    ? html`<table><tr><th>Parameter</th><th>In</th><th>Type</th><th></th></tr>${operation.parameters.map(
        (
          parameter,
        ) => html`<tr><td><code>${parameter.name}</code>${parameter.required ? " *" : ""}</td><td>${parameter.in}</td>
<td>${String(parameter.schema?.type ?? "")}</td><td>${parameter.description ?? String(parameter.schema?.description ?? "")}</td></tr>`,
      )}</table>`
    : ""
}
${body ? html`<h4>Body</h4>${schemaView(body)}` : ""}
<h4>Responses</h4><table>${Object.entries(operation.responses ?? {}).map(
    ([status, response]) => html`<tr><td>${status}</td><td>${response.description}</td>
<td>${Object.values(response.content ?? {}).map((content) => (content.schema ? schemaView(content.schema) : ""))}</td></tr>`,
  )}</table></details>`;
}

function schemaView(schema: Json) {
  const reference = typeof schema.$ref === "string" ? schema.$ref.replace("#/components/schemas/", "") : null;
  if (reference) return html`<a href="#schema-${reference}"><code>${reference}</code></a>`;
  return html`<pre>${JSON.stringify(schema, null, 1)}</pre>`;
}
