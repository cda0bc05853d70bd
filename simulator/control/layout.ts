import { html } from "hono/html";

const STYLE = `body{font:15px/1.45 system-ui,sans-serif;margin:0;color:#1c2430;background:#f4f5f7}
header{background:#23324a;color:#fff;padding:14px 24px;display:flex;gap:22px;align-items:baseline}header a{color:#fff}
nav{display:flex;gap:14px}
main{max-width:1100px;margin:20px auto;padding:0 20px;display:grid;gap:18px}
section{background:#fff;border:1px solid #dde1e7;border-radius:8px;padding:16px;overflow-x:auto}
h1{font-size:18px;margin:0}h2{font-size:15px;margin:0 0 10px}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:5px 8px;border-bottom:1px solid #eceef2}
form{display:inline-flex;flex-wrap:wrap;gap:8px;align-items:center;margin:3px 0}
input,select,button{font:inherit;padding:4px 8px;border:1px solid #c5ccd6;border-radius:5px;background:#fff}
button{background:#2f5fb3;color:#fff;border-color:#2f5fb3;cursor:pointer}button.danger{background:#a8322d;border-color:#a8322d}
pre{white-space:pre-wrap;font-size:12px;color:#56606e}`;

/** What `html` makes: text that is escaped already. */
export type Markup = ReturnType<typeof html>;

/** The whole page around its sections. */
export function page(content: Markup): Markup {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>MyCase simulator</title>
    <meta name="viewport" content="width=device-width,initial-scale=1"><style>${STYLE}</style></head>
    <body><header><h1><a href="/">MyCase simulator</a></h1><nav><a href="/">Cases</a><a href="/?show=clients">Clients</a>
    <a href="/?show=staff">Staff</a><a href="/?show=leads">Leads</a><a href="/edit/lists">Lists</a></nav></header>
    <main>${content}</main></body></html>`;
}
