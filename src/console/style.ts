/** The console's only stylesheet. */
export const STYLE = `
:root{--ink:#1b2430;--soft:#5a6675;--line:#dfe4ea;--paper:#fff;--ground:#f5f6f8;--accent:#1f5fae;--good:#1c7a4a;--bad:#a8322d;--warn:#8a5a00}
*{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground)}
a{color:var(--accent)}a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible{outline:3px solid #7fb0ea;outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:#fff;padding:8px}
header{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:center;background:#16324f;padding:12px 24px}
header a{color:#dbe8f7;text-decoration:none}header a:hover{text-decoration:underline}.brand{font-weight:700;color:#fff}
nav{display:flex;flex-wrap:wrap;gap:4px 20px;flex:1}main{max-width:1080px;margin:0 auto;padding:24px}
h1{font-size:26px;margin:0 0 16px}h2{font-size:18px;margin:0 0 10px}
section,.card{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:18px 20px;margin:0 0 16px;overflow-x:auto}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:12px;margin:0 0 16px}
.grid .card{margin:0}.figure{font-size:28px;font-weight:650}.soft,.grid .card span{color:var(--soft)}
table{border-collapse:collapse;width:100%}th{font-weight:600;color:var(--soft);font-size:14px}td,th{text-align:left;padding:7px 10px 7px 0;border-bottom:1px solid var(--line);vertical-align:top}
.tag{display:inline-block;border-radius:20px;padding:1px 10px;font-size:14px;background:#e9edf2}.tag.good{background:#e0f2e8;color:var(--good)}.tag.bad{background:#f8e3e1;color:var(--bad)}.tag.warn{background:#faeed6;color:var(--warn)}
.row{display:flex;flex-wrap:wrap;gap:10px;align-items:end;margin:0 0 16px}label{display:grid;gap:3px;font-size:14px;color:var(--soft)}
input,select,button{font:inherit;padding:7px 12px;border:1px solid #b9c2cd;border-radius:7px;background:#fff;color:var(--ink)}
button{background:var(--accent);border-color:var(--accent);color:#fff;cursor:pointer}button.quiet{background:transparent;border-color:#5d7691;color:#dbe8f7}button.danger{background:var(--bad);border-color:var(--bad)}
.gates{list-style:none;padding:0;margin:0}.gates li{border-left:4px solid var(--good);padding:4px 0 4px 14px;margin:0 0 12px}.gates li.failed{border-color:var(--bad)}.fix{font-weight:600}
.error{border-left:4px solid var(--bad);padding-left:12px}
`;
