import { DARK, declarations, LIGHT } from './palette';
import { SHAPES } from './shapes';

/** Colours only through the palette; print is light whatever the screen is. */
export const STYLE = `
:root{color-scheme:light dark;${declarations(LIGHT)}
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
@media screen and (prefers-color-scheme:dark){:root{${declarations(DARK)}}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 var(--sans);overflow-wrap:anywhere}
header,nav,main,footer{max-width:76rem;margin-inline:auto;padding-inline:clamp(1rem,4vw,2.5rem)}
h1,h2,h3,p,ul,dl,dd{margin:0;padding:0}
h1{font-size:clamp(1.5rem,1.1rem + 2vw,2.25rem);line-height:1.2;letter-spacing:-.015em;font-weight:650}
h2{font-size:1.375rem;line-height:1.3;letter-spacing:-.01em;font-weight:650}
h3{font-size:1.0625rem;line-height:1.4;font-weight:650}
code{font:.9em/1.5 var(--mono);unicode-bidi:isolate}
small,.file,.type{color:var(--muted);font-size:.875rem}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
.spoken:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:1rem;top:-5rem;padding:.5rem 1rem;background:var(--page);border:1px solid var(--control);border-radius:4px;z-index:1}
.skip:focus{top:1rem}
.patterns{position:absolute;width:0;height:0}
.violation{color:var(--violation);fill:var(--violation)}
.undecided{color:var(--undecided);fill:var(--undecided)}
.compliant{color:var(--compliant);fill:var(--compliant)}
.ungoverned{color:var(--ungoverned);fill:var(--ungoverned)}
:is(.note,.exempt){color:var(--note);fill:var(--note)}

header{padding-block:2.5rem 2rem}
.tool{color:var(--muted);margin-bottom:1rem}
.tool b{color:var(--text)}
h1 .icon{width:.9em;height:.9em;vertical-align:-.08em;margin-right:.2em}
.closing{margin-top:.75rem;font-size:1.0625rem}
header .bar{height:1rem;margin-top:1.75rem}
.legend,.facts{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin-top:.75rem}
.legend div,.facts div{display:flex;flex-wrap:wrap;gap:0 .5rem;align-items:baseline}
.legend dt,.facts dt{color:var(--muted);font-size:.9375rem}
.legend dd,.facts dd{font-weight:650;font-variant-numeric:tabular-nums}
.legend .swatch{width:.8rem;height:.8rem;margin-right:.4rem;border-radius:2px;vertical-align:-.05rem}
.facts{margin-top:1.25rem;padding-top:1.25rem;border-top:1px solid var(--line)}
nav{border-block:1px solid var(--line);background:var(--surface);max-width:none}
nav ul{display:flex;flex-wrap:wrap;gap:0 1.75rem;list-style:none;max-width:71rem;margin-inline:auto}
nav a{display:block;padding:.625rem 0;text-decoration:none}
nav a:hover{text-decoration:underline}
nav .count{color:var(--muted)}
main > section{padding-top:2.5rem}
h2 + p{margin-top:.25rem;color:var(--muted);max-width:60rem}
footer{padding-block:3rem;color:var(--muted);font-size:.875rem}

.bar{display:block;width:100%;height:.5rem;border-radius:3px;overflow:hidden;background:var(--line)}
.bar rect{stroke:var(--page);stroke-width:1.5px}
:is(.bar,.swatch) .undecided{fill:url(#stripes)}
:is(.bar,.swatch) .ungoverned{fill:url(#dots)}
:is(.bar,.swatch) .exempt{fill:url(#lines)}
.ground{fill:var(--page)}
table{width:100%;border-collapse:collapse;margin-top:1.25rem;font-size:.9375rem}
caption{text-align:left;font-weight:650;font-size:1.0625rem;padding-bottom:.25rem}
th,td{padding:.625rem 1.25rem .625rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
thead th{font-size:.8125rem;font-weight:500;color:var(--muted);vertical-align:bottom;padding-bottom:.375rem;border-color:var(--control)}
tbody th{font-weight:500}
.exemptions thead th{width:16%}
.exemptions thead th:first-child{width:26%}
.exemptions thead th:nth-child(5){width:20%}
.exemptions thead th:is(:nth-child(2),:nth-child(3)){width:11%}
.days{white-space:nowrap}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;width:6.5rem;padding-inline:.5rem}
th:last-child,td:last-child{padding-right:0}
.number span{font-weight:650}
.number .zero{color:var(--muted);font-weight:400}
th .bar{margin-top:.5rem;background:none}
td ul,.files{list-style:none}
.rest{margin-top:1rem}
summary{cursor:pointer}
.rest > summary{color:var(--link);padding:.25rem 0}

#filter{display:grid;grid-template-columns:minmax(12rem,2fr) repeat(2,minmax(8rem,1fr)) minmax(10rem,1.5fr);gap:.75rem 1rem;margin-top:1.25rem;
padding:1rem;background:var(--surface);border:1px solid var(--line);border-radius:6px}
.field label{display:block;font-size:.8125rem;color:var(--muted);margin-bottom:.125rem}
input,select,button{font:inherit;font-size:.9375rem;
color:var(--text);background:var(--page);border:1px solid var(--control);border-radius:4px;min-height:2.5rem}
input,select{width:100%;padding:.25rem .5rem}
button{padding:.25rem .75rem;cursor:pointer}
button:hover{border-color:var(--text)}
.buttons{grid-column:1/4;display:flex;flex-wrap:wrap;gap:.5rem}
#filter-result{grid-column:4/-1;align-self:center;justify-self:end;text-align:right;font-variant-numeric:tabular-nums}
.stack{padding-top:1.75rem}
.stack .count{margin-left:.25rem;color:var(--muted);font-weight:400}
.findings{list-style:none;margin-top:.5rem;border-top:1px solid var(--control)}
.finding{border-bottom:1px solid var(--line)}
.many .finding{content-visibility:auto;contain-intrinsic-size:auto 4.5rem}
.many .stack{content-visibility:auto;contain-intrinsic-size:auto 60rem}
.many .stack:first-of-type,.many .stack:first-of-type .finding:nth-child(-n+6){content-visibility:visible}
.finding > details > summary{display:grid;grid-template-columns:7rem minmax(0,1fr) auto;
gap:.125rem 1rem;padding:.75rem 0 .75rem 1.5rem;position:relative;list-style:none}
.finding > details > summary::-webkit-details-marker{display:none}
.finding > details > summary::before{content:"";position:absolute;left:.25rem;top:1.2rem;width:.4rem;height:.4rem;
border:solid var(--muted);border-width:0 2px 2px 0;
transform:rotate(-45deg);transition:transform .12s}
.finding > [open] > summary::before{transform:rotate(45deg)}
.finding > details > summary:hover{background:var(--surface)}
.level{font-weight:650;white-space:nowrap}
.level::before{content:"";display:inline-block;width:16px;height:16px;margin-right:.4em;vertical-align:-2px;
background:currentColor;forced-color-adjust:none;
print-color-adjust:exact;-webkit-print-color-adjust:exact}
${shapes()}
.what code{font-weight:650;font-size:1rem}
.marks{color:var(--muted);font-size:.9375rem}
.type{margin-left:.5rem}
.reason{grid-column:2/-1}
.status{font-size:.8125rem;border:1px solid var(--control);border-radius:1rem;padding:.0625rem .6rem;margin-right:.5rem;white-space:nowrap}
.finding dl{display:grid;grid-template-columns:7rem minmax(0,1fr);gap:.25rem 1rem;padding:0 0 1.125rem 1.5rem;font-size:.9375rem}
.finding dt{color:var(--muted)}
.resources .rest{margin-top:.25rem}
.resources ul{list-style:none;display:grid;grid-template-columns:auto auto 1fr;gap:.125rem 1.25rem}
.resources li{display:grid;grid-column:1/-1;grid-template-columns:subgrid;align-items:baseline}
.problems{margin-top:1rem;padding-left:1.25rem}
.problems li + li{margin-top:.5rem}
.problems code{font-weight:650}

@media (max-width:56rem){
#filter{grid-template-columns:repeat(auto-fit,minmax(min(100%,8.5rem),1fr))}
.buttons,#filter-result{grid-column:1/-1;justify-self:start;text-align:left}
}
@media (max-width:44rem){
.finding > details > summary{grid-template-columns:minmax(0,1fr)}
.what,.reason,.marks{grid-column:1/-1}
.type{display:block;margin-left:0}
.finding dl{grid-template-columns:minmax(0,1fr);gap:0}
.finding dd + dt{margin-top:.5rem}
.resources li{display:flex;flex-wrap:wrap;gap:0 1rem;padding-bottom:.25rem}
table,tbody,tr,tbody th,td{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{padding:.75rem 0;border-bottom:1px solid var(--line)}
tbody th,td,.number{border:0;padding:.125rem 0;width:auto}
tbody td{position:relative;padding-left:7rem;text-align:left}
td.number{display:inline-block;padding-left:0;margin-right:1.25rem}
td::before{content:attr(data-label);position:absolute;left:0;color:var(--muted)}
td.number::before{position:static;margin-right:.5rem}
caption{display:block}
}
@media (prefers-reduced-motion:reduce){*,*::before{transition:none!important}}
@media (forced-colors:active){.bar,.legend .swatch{border:1px solid}.finding > details > summary::before{border-color:CanvasText}}
@page{margin:15mm}
@media print{
html{font-size:8.5pt}
header,main,footer{max-width:none;padding-inline:0}
nav,.skip,#filter{display:none!important}
.bar,.swatch{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.many .finding{content-visibility:visible}
.finding{break-inside:avoid}
::details-content{content-visibility:visible;display:block}
h2,h2 + p,h3,caption,thead,.file{break-after:avoid}
.finding > details > summary::before{display:none}
.finding > details > summary,.finding dl{padding-left:0}
tr{break-inside:avoid}
a{color:inherit}
a.page::after{content:" (" attr(href) ")";font-size:.875em}
}
`;

function shapes(): string {
  return Object.entries(SHAPES).map(([name, path]) => `.${name}.level::before{clip-path:path(evenodd,"${path}")}`).join('\n');
}
