/** The style of the page: one text, so that the page's policy can name its hash. Colours keep 4.5:1 in both themes. */
export const PAGE_STYLE: string = `
:root{color-scheme:light dark;--ink:#1b1b1b;--soft:#555;--paper:#fff;--line:#d4d4d4;--link:#0b57a4;
--supported:#0b6b3a;--contradicted:#a3221b;--unresolved:#6b5200;--uncalibrated:#7a2a86;--unvalidated:#7a2a86;--untested:#555}
@media (prefers-color-scheme:dark){:root{--ink:#e6e6e6;--soft:#aaa;--paper:#161616;--line:#3c3c3c;--link:#8ab8f0;
--supported:#6fd39b;--contradicted:#ff9b92;--unresolved:#e0c15a;--uncalibrated:#dba0e6;--unvalidated:#dba0e6;--untested:#b5b5b5}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:52rem;padding:1.5rem 1rem 3rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3rem}
h2{font-size:1.15rem;margin:1.6rem 0 .4rem;border-bottom:1px solid var(--line)}
h3{font-size:1.05rem;margin:.8rem 0 .2rem}
h4,article h3{font-size:1rem;margin:0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:2px}
ul{margin:.3rem 0;padding-left:1.2rem}
.soft,figcaption{color:var(--soft);font-size:.9rem}
.verdict{font-size:.82rem;font-weight:600;white-space:nowrap;border:1px solid;border-radius:.3rem;padding:0 .35rem}
.supported{color:var(--supported)}.contradicted{color:var(--contradicted)}.unresolved{color:var(--unresolved)}
.uncalibrated{color:var(--uncalibrated)}.unvalidated{color:var(--unvalidated)}.untested{color:var(--untested)}
article{margin:.8rem 0 1.2rem}
dl{margin:.4rem 0;display:grid;grid-template-columns:7rem 1fr;gap:.15rem .8rem;font-size:.92rem}
dt{color:var(--soft)}
dd{margin:0}
figure{margin:.5rem 0}
figure svg{display:block;max-width:100%;height:auto}
table{border-collapse:collapse;font-size:.85rem;width:100%}
th,td{text-align:left;padding:.15rem .5rem .15rem 0;border-bottom:1px solid var(--line);vertical-align:top}
caption{text-align:left;color:var(--soft)}
summary{cursor:pointer}
@media (max-width:36rem){dl{grid-template-columns:1fr}}
@page{margin:11mm}
@media print{:root{--ink:#000;--soft:#333;--paper:#fff;--line:#bbb}
body{max-width:none;padding:0;font-size:8.5pt;line-height:1.28}
h1{font-size:14pt}h2{font-size:10pt;margin:2mm 0 .8mm}h3{font-size:9pt;margin:1mm 0 .5mm}h4,article h3{font-size:8.5pt}
p,ul{margin:.5mm 0}
article{margin:.5mm 0 1.5mm;break-inside:avoid}
.evidence{display:grid;grid-template-columns:1fr 66mm;gap:3mm;align-items:start}
dl{margin:0;font-size:7.6pt;gap:0 2mm;grid-template-columns:13mm 1fr}
.soft,figcaption,.verdict{font-size:7.5pt}
figure{margin:0}figure svg{width:100%;max-height:30mm}
details,figcaption{display:none}}
`
