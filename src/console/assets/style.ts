import { PICO } from "./pico.ts";

/** What the library lacks, on its variables, so that light and dark come from there. */
const OWN = `
:root{--pico-font-size:100%;--pico-spacing:.9rem;--pico-typography-spacing-vertical:.9rem;--pico-form-element-spacing-vertical:.45rem;--pico-form-element-spacing-horizontal:.7rem;--pico-border-radius:.4rem;--good:#16704a;--warn:#8a5300;--bad:#b3261e;--good-bg:#dff3e8;--warn-bg:#fbeed3;--bad-bg:#fbe3e1;--neutral-bg:#e8ecf1}
@media (prefers-color-scheme:dark){:root{--good:#7fdcb0;--warn:#ffcf85;--bad:#ffb1ab;--good-bg:#153a2a;--warn-bg:#45330f;--bad-bg:#4d1f1c;--neutral-bg:#2a3340}}
body{min-height:100vh}body>main{width:100%;max-width:72rem;margin-inline:auto;padding:var(--pico-spacing) 1rem}
body>header.bar{max-width:none;width:100%;margin:0;padding:0}.bar{background:var(--pico-card-background-color);border-bottom:1px solid var(--pico-muted-border-color)}
.bar>div{max-width:72rem;margin-inline:auto;padding:.4rem 1rem;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;align-items:center}
.bar a{text-decoration:none;padding:.35rem 0}.bar a[aria-current]{font-weight:700;border-bottom:2px solid var(--pico-primary)}
.bar .brand{font-weight:700;color:var(--pico-color)}.bar form{margin:0;display:flex;gap:.4rem;align-items:center}.bar .end{margin-left:auto}
.bar input,.bar button{margin:0;padding:.25rem .6rem;height:auto;font-size:.9rem}.bar input[type=search]{width:15rem;max-width:60vw}
.bar nav{display:flex;flex-wrap:wrap;gap:0 1.1rem;flex:1 1 auto;justify-content:flex-start;overflow:visible}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;z-index:9;background:var(--pico-background-color);padding:8px}
h1{font-size:1.6rem;margin-bottom:.8rem}h2{font-size:1.15rem;margin-bottom:.6rem}h3{font-size:1rem;margin-bottom:.4rem}
main>section,.card{background:var(--pico-card-background-color);border:1px solid var(--pico-muted-border-color);border-radius:.6rem;padding:1rem 1.1rem;margin:0 0 1rem;overflow-wrap:break-word}
.scroll{overflow-x:auto;max-width:100%}.scroll:focus-visible{outline:2px solid var(--pico-primary)}
button,button[type=submit]{width:auto;display:inline-block;padding:.4rem .9rem;margin-bottom:0}
a.button{display:inline-block;background:var(--pico-primary-background);color:var(--pico-primary-inverse);text-decoration:none;border-radius:var(--pico-border-radius);padding:.45rem .9rem}button.quiet{background:transparent;color:var(--pico-primary);border-color:var(--pico-primary)}
button.danger{background:#b3261e;border-color:#b3261e;color:#fff}button.small{padding:.15rem .55rem;font-size:.85rem}
form{margin-bottom:.6rem}.row{display:flex;flex-wrap:wrap;gap:.7rem;align-items:end}.row>*{margin-bottom:0}.row label{flex:1 1 12rem}.row label input,.row label select{margin-bottom:0}
.soft,small{color:var(--pico-muted-color)}.soft{font-size:.93rem}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.7rem;margin:0 0 1rem;padding:0;list-style:none}
.grid>*{margin:0;list-style:none}.figure{font-size:1.6rem;font-weight:650;line-height:1.2;display:block}
.tag{display:inline-block;border-radius:1rem;padding:0 .6rem;font-size:.85rem;background:var(--neutral-bg);color:var(--pico-color);white-space:nowrap}
.tag.good{background:var(--good-bg);color:var(--good)}.tag.warn{background:var(--warn-bg);color:var(--warn)}.tag.bad{background:var(--bad-bg);color:var(--bad)}
.gates,.steps{padding:0;margin:0}.gates>li{list-style:none;border-left:4px solid var(--good);padding:.1rem 0 .1rem .9rem;margin:0 0 .8rem}.gates>li.failed{border-color:var(--bad)}.gates>li.warned{border-color:var(--warn)}
.steps{padding-left:1.2rem}.steps .done{color:var(--pico-muted-color)}
.fix{font-weight:600}.error,.notice{border-left:4px solid var(--bad);padding-left:.8rem}.notice{border-color:var(--good)}
th,td{padding:.4rem .7rem .4rem 0;vertical-align:top;background:transparent}td form{margin:0}table{margin-bottom:.4rem}
svg.share{width:100%;height:1.1rem;display:block;border-radius:.3rem;margin-bottom:.6rem}svg.chart{width:100%;height:6rem;display:block}
.b-project{fill:#2f9e6b}.b-lead{fill:#4c7fd6}.b-disabled{fill:#8b95a3}.b-type_unmapped{fill:#e09b2d}.b-failed{fill:#cf4a43}.b-pending{fill:#b9a4de}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0;margin:0 0 .4rem}.legend li{list-style:none;margin:0}.legend svg{width:.8rem;height:.8rem;margin-right:.35rem;vertical-align:-.05rem}
fieldset{border:1px solid var(--pico-muted-border-color);border-radius:.5rem;padding:.8rem 1rem;margin-bottom:1rem}legend{padding:0 .4rem;font-weight:650}
fieldset fieldset{margin-bottom:.7rem}input,select,textarea{margin-bottom:.5rem}
.values{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.1rem 1rem;max-height:20rem;overflow-y:auto}.values label{margin:0;overflow-wrap:anywhere}
details{margin-bottom:.6rem}textarea.code{font-family:var(--pico-font-family-monospace);font-size:.85rem}
.scroll table{min-width:40rem}.bar button{white-space:nowrap}
@media (max-width:48rem){.bar nav,.bar form[method=get]{order:1;flex:1 1 100%;min-width:0}.bar input[type=search]{flex:1 1 0;width:0;max-width:none;min-width:0}}
main>section>table td,h1,h2{overflow-wrap:anywhere}.scroll td{max-width:24rem;overflow-wrap:anywhere}.filters{display:flex;flex-wrap:wrap;gap:.2rem 1rem;justify-content:flex-start;margin-bottom:.8rem}.filters [aria-current]{font-weight:700}.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;padding:0;border:0}.target{margin-bottom:.6rem}.row label.check{flex:0 0 auto;padding-bottom:.4rem}fieldset td select{margin:0;padding-block:.15rem;height:auto;min-width:5rem;width:100%}fieldset td:first-child{overflow-wrap:anywhere}fieldset{min-width:0}fieldset td{padding-block:.2rem}details>summary{padding:.3rem 0}main fieldset{border:1px solid var(--pico-muted-border-color);border-radius:.5rem;padding:.8rem 1rem}
@media print{.bar,form,button{display:none}main>section{border:0;padding:0}}
`;

/** The console's stylesheet. */
export const STYLE = PICO + OWN;
