import { html } from "hono/html";

/** The question that MyCase asks its user; posted back to the address that it was asked at. */
export function consentPage(query: Record<string, string>) {
  const { interactive: _, ...fields } = query;
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>MyCase: allow access</title></head>
    <body style="font:16px system-ui;max-width:32em;margin:4em auto"><h1>Allow access?</h1>
    <p>The application <b>${query.client_id}</b> asks to read this firm's data, and to be told when it changes.</p>
    <form method="post" action="/login_sessions/new">${Object.entries(fields).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
    )}<button name="answer" value="allow">Allow</button> <button name="answer" value="refuse">Refuse</button></form>
    </body></html>`;
}
