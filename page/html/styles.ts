/** The style of the page. Colors have a contrast of at least 4.5:1 as text, 3:1 as marks. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --back: #f3f5f8; --card: #ffffff; --text: #1b2029; --muted: #566070; --line: #d5dae1;
  --accent: #0b5cad; --good: #17703a; --good-pale: #bfe6cb; --good-back: #e3f5e9;
  --bad: #b91c1c; --bad-pale: #f7c9c9; --bad-back: #fdeaea; --warn: #8a5300; --warn-pale: #f3d79b; --warn-back: #fdf2dc;
  --idle: #566070; --idle-back: #e9edf2; --track: #eef1f5; --code: #eef1f5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #0e1218; --card: #171c24; --text: #e7ebf1; --muted: #9ba7b7; --line: #2c3440;
    --accent: #7db7f5; --good: #56c77e; --good-pale: #1f5133; --good-back: #14301f;
    --bad: #ff8a80; --bad-pale: #6b2727; --bad-back: #3a1a1a; --warn: #e5b25a; --warn-pale: #5e4410; --warn-back: #33270f;
    --idle: #9ba7b7; --idle-back: #262e39; --track: #1f2630; --code: #222a34;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere;
}
table, .badge { overflow-wrap: break-word; }
.job { overflow-wrap: anywhere; }
.when { white-space: nowrap; }
.page { max-width: 1760px; margin: 0 auto; padding: 20px clamp(10px, 2.5vw, 32px) 48px; }
h1 { font-size: clamp(1.25rem, 1rem + 1.4vw, 1.75rem); line-height: 1.2; margin: 0 0 4px; letter-spacing: -0.01em; }
h2 { font-size: 1.3rem; margin: 0; }
h3 { font-size: 0.95rem; margin: 24px 0 8px; }
h4 { font-size: 0.95rem; margin: 16px 0 4px; }
p { margin: 0 0 8px; }
code, pre { font: 0.86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { background: var(--code); border-radius: 4px; padding: 1px 5px; }
pre { background: var(--code); border-radius: 8px; padding: 12px; overflow-x: auto; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.muted { color: var(--muted); }
.block { display: block; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; background: var(--card); padding: 6px 10px; }
nav ul { display: flex; flex-wrap: wrap; gap: 10px; list-style: none; padding: 0; margin: 16px 0; }
nav a {
  display: flex; flex-wrap: wrap; gap: 6px; align-items: center; padding: 8px 12px; border: 1px solid var(--line);
  border-radius: 10px; background: var(--card); text-decoration: none; color: var(--text); font-weight: 600;
}
nav a:hover { border-color: var(--accent); }
section {
  background: var(--card); border: 1px solid var(--line); border-radius: 14px;
  padding: clamp(12px, 2vw, 24px); margin: 0 0 20px; scroll-margin-top: 12px;
}
section > header { display: flex; flex-wrap: wrap; gap: 6px 14px; align-items: center; margin-bottom: 14px; }
.statuses { display: flex; flex-wrap: wrap; gap: 6px; margin: 0; }
.badge {
  display: inline-block; padding: 1px 9px; border-radius: 999px; font-size: 0.82rem; font-weight: 600; line-height: 1.6;
  color: var(--idle); background: var(--idle-back);
}
.badge.good { color: var(--good); background: var(--good-back); }
.badge.bad { color: var(--bad); background: var(--bad-back); }
.badge.warn { color: var(--warn); background: var(--warn-back); }
.weeks { display: grid; gap: 24px 36px; }
@media (min-width: 1080px) { .weeks { grid-template-columns: 1fr 1fr; } }
figure { margin: 0; min-width: 0; }
figcaption { font-weight: 600; margin-bottom: 6px; }
figcaption .muted { font-weight: 400; font-size: 0.86rem; margin-left: 6px; }
summary { cursor: pointer; color: var(--accent); font-size: 0.88rem; padding: 4px 0; width: fit-content; }

svg.week { display: block; overflow: visible; font-size: 12px; }
svg text { fill: var(--text); paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
svg .name { font-weight: 600; font-size: 12.5px; }
svg .remark, svg .axis { fill: var(--muted); font-size: 11.5px; }
svg .remark { text-anchor: end; }
@media (max-width: 620px), (min-width: 1080px) and (max-width: 1280px) { svg .remark { display: none; } }
@media (max-width: 480px) { svg .number { display: none; } }
svg .track { fill: var(--track); }
svg line { stroke: var(--line); }
svg .track { stroke: none; }
svg .hatch { fill: var(--muted); opacity: 0.45; }
svg .unread rect { fill: none; stroke: var(--muted); stroke-dasharray: 2 3; opacity: 0.6; }
svg .pause text { fill: var(--text); font-size: 11.5px; font-weight: 600; }
.m rect { fill: var(--good-pale); stroke: var(--good); }
.m .fill, .b .fill { fill: var(--good); stroke: none; }
.m.slow rect { fill: var(--warn-pale); stroke: var(--warn); }
.m.slow .fill, .b.slow .fill, .m.slow .pointer { fill: var(--warn); stroke: none; }
.m.failed rect, .b .bad { fill: var(--bad); stroke: var(--bad); }
.pointer { fill: var(--bad); }
.m.missing rect { fill: var(--card); stroke: var(--bad); stroke-dasharray: 3 2; }
.m.running rect { fill: var(--accent); stroke: var(--accent); }
.m.unknown rect { fill: var(--card); stroke: var(--muted); }
.m .sign { text-anchor: middle; font-size: 11px; }
.m.planned rect { fill: var(--card); stroke: var(--muted); }
.m.skipped rect { fill: var(--card); stroke: var(--warn); stroke-dasharray: 3 2; }
.m.skipped path { stroke: var(--warn); stroke-width: 1.5; }
.m.doubled rect { fill: var(--warn-pale); stroke: var(--warn); }
.b .box { fill: var(--good-pale); }
.b.slow .box { fill: var(--warn-pale); }
.b.planned .box { fill: var(--card); stroke: var(--muted); }
.b .bad { stroke: none; }
.b text { fill: var(--muted); font-size: 11.5px; stroke: none; }
.b .gap { fill: none; stroke: var(--bad); stroke-dasharray: 2 2; }
.collision path { fill: var(--warn); }
.collision line { stroke: var(--warn); opacity: 0.35; }
.shift line { stroke: var(--accent); stroke-dasharray: 4 3; }
.shift text { fill: var(--accent); font-size: 11px; }
.meter { display: block; margin: 7px 0 3px; }
.meter .track { fill: var(--track); stroke: var(--muted); stroke-width: 0.5; }
.meter .value { fill: var(--good); }
.meter.warn .value { fill: var(--warn); }
.meter.bad .value { fill: var(--bad); }

.legend ul { display: flex; flex-wrap: wrap; gap: 2px 22px; list-style: none; padding: 0; margin: 0 0 4px; font-size: 0.86rem; }
.legend li { display: flex; align-items: center; gap: 6px; }
.legend svg { flex: none; }
.legend p { font-size: 0.86rem; }

table { width: 100%; border-collapse: collapse; font-size: 0.9rem; }
th, td { text-align: left; vertical-align: top; padding: 9px 14px 9px 0; border-top: 1px solid var(--line); font-weight: 400; }
thead th { border-top: 0; color: var(--muted); font-size: 0.8rem; font-weight: 600; padding-bottom: 4px; }
tbody th, .job { font-weight: 600; }
th .muted, td .muted { font-weight: 400; font-size: 0.92em; }
figure table { font-size: 0.84rem; }
figure details[open] { max-height: 28rem; overflow-y: auto; }
@media (max-width: 900px) {
  table, tbody, tr, th, td { display: block; padding: 0; border: 0; }
  thead { display: none; }
  tbody tr { border-top: 1px solid var(--line); padding: 10px 0; }
  td { display: grid; grid-template-columns: minmax(6.5rem, 32%) 1fr; gap: 2px 12px; padding: 3px 0; }
  td::before { content: attr(data-label); color: var(--muted); font-size: 0.86em; }
}
@media (min-width: 620px) and (max-width: 900px) { tbody { display: grid; grid-template-columns: 1fr 1fr; gap: 0 28px; } }
.findings { list-style: none; padding: 0; margin: 0 0 8px; display: grid; gap: 10px; }
@media (min-width: 1080px) { .findings { grid-template-columns: 1fr 1fr; } }
.findings li { border-left: 4px solid var(--warn); background: var(--warn-back); border-radius: 0 8px 8px 0; padding: 10px 14px; }
.findings li.bad { border-color: var(--bad); background: var(--bad-back); }
.findings .badge { background: var(--card); }
.findings p { margin: 0 0 4px; }
.findings .cause { white-space: pre-line; }
.findings code { background: var(--card); white-space: pre-wrap; }
.fine::before { content: "✓ "; color: var(--good); font-weight: 700; }
.collisions ul { margin: 0; padding-left: 20px; }
.lines { white-space: pre-line; }
fieldset {
  display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; margin: 12px 0 0; padding: 10px 14px;
  border: 1px solid var(--line); border-radius: 10px; background: var(--card); min-width: 0;
}
fieldset > * { min-width: 0; max-width: 100%; }
fieldset legend { font-weight: 600; padding: 0 6px; }
fieldset ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 6px; }
button, select, input { font: inherit; color: var(--text); background: var(--card); border: 1px solid var(--muted); border-radius: 7px; }
#message { min-height: 1.5em; margin: 10px 0 0; font-weight: 600; }
button, select, input:not([type]) { padding: 4px 10px; min-height: 32px; max-width: 100%; }
input[type=checkbox] { width: 18px; height: 18px; vertical-align: -4px; }
button { cursor: pointer; font-weight: 600; }
button:hover { border-color: var(--accent); color: var(--accent); }
::placeholder { color: var(--muted); opacity: 1; }
[aria-busy] button { cursor: progress; }
footer { color: var(--muted); font-size: 0.88rem; }
@media (max-width: 620px) { .legend ul { display: grid; grid-template-columns: 1fr 1fr; gap: 6px 10px; } .legend li { line-height: 1.25; } }

@media print {
  :root {
    --back: #ffffff; --card: #ffffff; --text: #000000; --muted: #454d59; --line: #b9c0c9; --accent: #0b5cad;
    --good: #17703a; --good-pale: #bfe6cb; --good-back: #e3f5e9; --bad: #b91c1c; --bad-pale: #f7c9c9; --bad-back: #fdeaea;
    --warn: #8a5300; --warn-pale: #f3d79b; --warn-back: #fdf2dc; --idle: #454d59; --idle-back: #e9edf2; --track: #eef1f5; --code: #eef1f5;
  }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 10.5pt; }
  .page { padding: 0; max-width: none; }
  section { border: 0; padding: 0; break-before: page; }
  section:first-of-type { break-before: auto; }
  figure, tr, .findings li, .legend { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  nav, .skip, .controls, figure details { display: none; }
  .weeks { grid-template-columns: 1fr; }
}
`;
