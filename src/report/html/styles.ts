/** The page's style sheet. Colours are named once for light and once for dark; all text on them is AA. */
export const styles = `
:root {
	color-scheme: light dark;
	--page: #f5f6f8; --card: #ffffff; --ink: #19202b; --muted: #566070; --rule: #dde2e9; --edge: #c3cbd6;
	--link: #1d5bb8; --blue: #2f6fd0; --green: #1d8350; --amber: #b06f00; --red: #c5302c; --grey: #78828f; --violet: #6a4fc0;
	--blue-soft: #e3edfb; --green-soft: #dff2e7; --amber-soft: #fbeed3; --red-soft: #fbe2e0; --grey-soft: #e9ecf0;
	--blue-ink: #174f9f; --green-ink: #126239; --amber-ink: #7a4b00; --red-ink: #9d1f1c; --grey-ink: #46505d;
	--mono: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
	:root {
		--page: #11151b; --card: #191f28; --ink: #e4e9f0; --muted: #9ba7b6; --rule: #2a323d; --edge: #3c4755;
		--link: #82b4ff; --blue: #5c9bf5; --green: #3fb27a; --amber: #dba134; --red: #f0716a; --grey: #8894a3; --violet: #a794ef;
		--blue-soft: #1b2c45; --green-soft: #16322a; --amber-soft: #3a2d12; --red-soft: #43201f; --grey-soft: #28303a;
		--blue-ink: #a6caff; --green-ink: #86ddb0; --amber-ink: #f3ca7c; --red-ink: #ffb0aa; --grey-ink: #c0c9d4;
	}
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 4rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header.top, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
header.top { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1.5rem; padding-top: 1.1rem; padding-bottom: .6rem; }
h1 { font-size: 1.1rem; margin: 0; letter-spacing: .01em; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .7rem; }
h3 { font-size: 1rem; margin: 0; font-weight: 600; overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
a { color: var(--link); text-underline-offset: .15em; }
nav a { text-decoration: none; padding: .15rem 0; }
nav a:hover { text-decoration: underline; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .4rem .8rem; border-radius: 6px; z-index: 2; }
.muted { color: var(--muted); font-weight: 400; }
p { margin: .4rem 0; }
h2.quiet { position: absolute; left: -99rem; }
:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; border-radius: 4px; }

.answer { font-size: clamp(1.25rem, 1rem + 1.3vw, 1.75rem); line-height: 1.3; font-weight: 650; margin: .6rem 0 .3rem; text-wrap: pretty; overflow-wrap: anywhere; }
.tiles { list-style: none; display: flex; flex-wrap: wrap; gap: .6rem; margin: 1rem 0 0; padding: 0; }
.tile { padding: .35rem .9rem .4rem; border-radius: 10px; min-width: 6.2rem; }
.tile strong { font-size: 1.45rem; font-weight: 680; font-variant-numeric: tabular-nums; }
.tile.full, .tile.failed { background: var(--red-soft); color: var(--red-ink); }
.tile.partial { background: var(--green-soft); color: var(--green-ink); }
.tile.open { background: var(--amber-soft); color: var(--amber-ink); }
.tile.none { background: var(--grey-soft); color: var(--grey-ink); }

figure, article, .panel, .scroll, .problems { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; }
figure { margin: 0; padding: .5rem 0; overflow: hidden; }
.toolbar { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem; margin-bottom: .5rem; }
.toolbar[hidden] { display: none; }
button { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--edge); border-radius: 8px; padding: .2rem .7rem; min-height: 2rem; min-width: 2.2rem; cursor: pointer; }
button:hover { border-color: var(--blue); }
button[aria-disabled] { color: var(--muted); border-color: var(--rule); }
.hint { flex: 1 1 16rem; margin: 0 0 0 .4rem; color: var(--muted); font-size: .875rem; min-height: 1.4em; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; margin: .6rem 0 0; padding: 0; color: var(--muted); font-size: .875rem; }
.legend li { display: flex; align-items: center; gap: .4rem; }
.swatch { width: 16px; height: 16px; }

.chart { display: block; width: 100%; height: auto; touch-action: pan-y; user-select: none; cursor: grab; font-size: 12px; }
.chart:focus, .item:focus { outline: none; }
.chart:focus-visible { outline: 3px solid var(--blue); outline-offset: -3px; border-radius: 12px; }
.chart text { fill: var(--muted); font-size: 11.5px; paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; pointer-events: none; }
.chart text.lane { fill: var(--ink); font-size: 13px; font-weight: 600; }
.chart text.axis { font-variant-numeric: tabular-nums; }
.chart text.day { fill: var(--ink); font-weight: 600; }
.chart text.note { font-size: 11px; }
.tick { stroke: var(--rule); }
.rule { stroke: var(--rule); }
.empty { stroke: var(--edge); stroke-dasharray: 1 4; }
.bar.primary { fill: var(--blue); }
.bar.online { fill: var(--green); }
.bar.syncing { fill: url("#stripes-syncing"); stroke: var(--amber); stroke-width: .75; }
.bar.down { fill: url("#stripes-down"); stroke: var(--red); stroke-width: .75; }
.bar.stopped { fill: var(--card); stroke: var(--grey); stroke-dasharray: 3 2; }
.bar.log { fill: var(--edge); }
.bar.sentinel { fill: var(--violet); }
.stripes-syncing-back { fill: var(--amber-soft); } .stripes-syncing-front { fill: var(--amber); }
.stripes-down-back { fill: var(--red-soft); } .stripes-down-front { fill: var(--red); }
.turn { stroke-width: 2.5; stroke-linecap: round; stroke: var(--grey); }
.turn.start { stroke: var(--green); } .turn.crash { stroke: var(--red); }
.item { cursor: pointer; outline: none; }
.target { fill: transparent; }
.item:hover .target, .item.current .target { fill: var(--grey-soft); stroke: var(--edge); }
.item:focus-visible .target { fill: var(--blue-soft); stroke: var(--blue); stroke-width: 2.5; }
.mark { stroke: var(--card); stroke-width: 1.5; }
.arrow { fill: none; stroke-width: 1.6; }
.reach { fill: none; stroke: transparent; stroke-width: 12; }
.item:hover .arrow, .item.current .arrow, .item:focus-visible .arrow { stroke-width: 3; }
.resync.full .mark, .finding.critical .flag { fill: var(--red); } .resync.full .arrow { stroke: var(--red); }
.resync.expected.full .mark { fill: var(--grey); } .resync.expected.full .arrow { stroke: var(--grey); }
.resync.partial .mark { fill: var(--green); } .resync.partial .arrow { stroke: var(--green); stroke-dasharray: 5 2; }
.resync.failed .arrow { stroke: var(--red); stroke-dasharray: 2 3; }
.resync.failed .mark.cross { stroke: var(--red); stroke-width: 3; fill: none; }
.ground { stroke: var(--card); stroke-width: 6; stroke-linecap: round; fill: none; }
.ground.small { stroke-width: 4; }
.try { stroke: var(--red); stroke-width: 2; fill: none; }
.resync.open .arrow { stroke: var(--amber); stroke-dasharray: 2 3; }
.resync.open .mark.ring { fill: var(--card); stroke: var(--amber); stroke-width: 2.5; }
.dot { fill: var(--muted); }
.flag { fill: var(--amber); stroke: var(--card); } .finding.info .flag { fill: var(--blue); }
.chart text.sign { fill: var(--card); font-size: 9px; font-weight: 800; stroke: none; }
.series { fill: none; stroke-width: 1.8; } circle.series { stroke: none; }
.series.window { stroke-dasharray: 4 3; }
.series-0 { stroke: var(--blue); } circle.series-0 { fill: var(--blue); }
.series-1 { stroke: var(--green); } circle.series-1 { fill: var(--green); }
.series-2 { stroke: var(--amber); } circle.series-2 { fill: var(--amber); }
.series-3 { stroke: var(--violet); } circle.series-3 { fill: var(--violet); }
.series-4 { stroke: var(--red); } circle.series-4 { fill: var(--red); }
.series-5 { stroke: var(--grey); } circle.series-5 { fill: var(--grey); }

.panel { margin-top: .9rem; padding: .9rem 1.1rem; border-color: var(--edge); position: relative; max-height: 30rem; overflow: auto; }
.panel[hidden] { display: none; }
.panel h3 { padding-right: 5rem; }
.close { position: absolute; right: .8rem; top: .7rem; }
.several { margin: .4rem 0; padding-left: 0; list-style: none; }
button.link { border: 0; background: none; color: var(--link); text-decoration: underline; padding: .1rem .2rem; min-width: 0; min-height: 1.5rem; }
.label { color: var(--muted); font-size: .875rem; margin-top: .8rem; }

article { padding: .85rem 1.1rem 1rem; margin: .8rem 0; border-left-width: 5px; content-visibility: auto; contain-intrinsic-size: auto 16rem; scroll-margin-top: 1rem; }
article header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: .1rem 1rem; }
article time { color: var(--muted); font-variant-numeric: tabular-nums; font-size: .9375rem; }
article.full, article.failed, article.critical { border-left-color: var(--red); }
article.partial { border-left-color: var(--green); }
article.open, article.warning { border-left-color: var(--amber); }
article.info { border-left-color: var(--blue); }
article.full.expected { border-left-color: var(--grey); }
.why { font-size: 1.05rem; margin: .35rem 0 .5rem; max-width: 65rem; overflow-wrap: anywhere; }
.verdict, .severity { display: inline-block; border-radius: 6px; padding: 0 .45rem; font-size: .8125rem; font-weight: 700; text-transform: uppercase; letter-spacing: .03em; line-height: 1.55; }
.verdict.full, .verdict.failed, .severity.critical { background: var(--red-soft); color: var(--red-ink); }
.verdict.partial { background: var(--green-soft); color: var(--green-ink); }
.verdict.open, .severity.warning { background: var(--amber-soft); color: var(--amber-ink); }
.severity.info { background: var(--blue-soft); color: var(--blue-ink); }
.verdict.full.expected { background: var(--grey-soft); color: var(--grey-ink); }
.code { font-family: var(--mono); font-size: .9em; }
.code[title] { text-decoration: underline dotted var(--edge); text-underline-offset: .25em; }
h3 .code { font-weight: 500; }
.proof { color: var(--muted); font-weight: 400; font-size: .9375rem; }
.about { display: grid; grid-template-columns: 5.2rem 1fr; gap: .15rem .8rem; margin: .5rem 0; font-size: .9375rem; }
.about dt { color: var(--muted); }
.about dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
ul.tree { list-style: none; margin: 0; padding: .5rem .8rem .7rem; background: var(--card); border: 1px solid var(--rule); border-radius: 12px; overflow-wrap: anywhere; }
ul.tree ul.tree { border: 0; border-left: 2px solid var(--edge); border-radius: 0; margin: .2rem 0 .2rem .5rem; padding: 0 0 0 .9rem; }
ul.tree li { padding: .2rem 0; }
#cost .scroll { margin-top: .8rem; }
.nobreak { white-space: nowrap; }
ul.do { list-style: none; margin: .6rem 0; padding: .5rem .8rem; background: var(--green-soft); color: var(--green-ink); border-radius: 8px; overflow-wrap: anywhere; }
ul.do li { padding-left: 1.3rem; text-indent: -1.3rem; }
ul.do li::before { content: "→ "; font-weight: 700; display: inline-block; width: 1.3rem; text-indent: 0; }
.about dd.do { color: var(--green-ink); }
.phases { display: block; width: 100%; height: 8px; border-radius: 4px; margin: .5rem 0; background: var(--grey-soft); }
.phase.down { fill: var(--red); } .phase.handshake { fill: var(--grey); } .phase.snapshot { fill: var(--blue); }
.phase.transfer { fill: var(--amber); } .phase.load { fill: var(--violet); }
details { margin: .5rem 0 0; }
.quiet-button { margin-top: .6rem; }
summary { cursor: pointer; color: var(--link); width: fit-content; padding: .1rem 0; }
.evidence { list-style: none; margin: .4rem 0 0; padding: 0; font-size: .875rem; }
.evidence li { padding: .3rem 0; border-top: 1px solid var(--rule); }
.evidence .place { font-family: var(--mono); font-size: .8125rem; color: var(--link); overflow-wrap: anywhere; }
.evidence .when { color: var(--muted); font-variant-numeric: tabular-nums; }
.evidence code { display: block; font-family: var(--mono); font-size: .8125rem; overflow-wrap: anywhere; white-space: pre-wrap; }
.quiet-button { font-size: .875rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th, td { text-align: left; padding: .45rem .8rem; vertical-align: top; font-variant-numeric: tabular-nums; }
thead th { color: var(--muted); font-weight: 500; font-size: .8125rem; }
tbody tr { border-top: 1px solid var(--rule); }
.problems { padding: .7rem 1rem .7rem 2.2rem; margin: 0; overflow-wrap: anywhere; }
footer { padding: 2rem 1.25rem 3rem; font-size: .875rem; }
@media screen and (max-width: 40rem) {
	header.top, main { padding-left: .8rem; padding-right: .8rem; }
	.about { grid-template-columns: 1fr; gap: 0; }
	.about dd { margin-bottom: .35rem; }
	article, .panel { padding-left: .8rem; padding-right: .8rem; }
	table, tbody, tr, th, td { display: block; }
	thead { display: none; }
	tbody tr { padding: .55rem .8rem .6rem; }
	tbody tr:first-child { border-top: 0; }
	th, td { padding: .1rem 0; }
	td { display: grid; grid-template-columns: 6.2rem 1fr; gap: .8rem; overflow-wrap: anywhere; }
	td::before { content: attr(data-label); color: var(--muted); }
	td:empty { display: none; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print {
	:root {
		color-scheme: light; --page: #fff; --card: #fff; --ink: #000; --muted: #444; --rule: #ccc; --edge: #999; --link: #000;
		--blue: #2f6fd0; --green: #1d8350; --amber: #b06f00; --red: #c5302c; --grey: #78828f; --violet: #6a4fc0;
		--blue-soft: #e3edfb; --green-soft: #dff2e7; --amber-soft: #fbeed3; --red-soft: #fbe2e0; --grey-soft: #e9ecf0;
		--blue-ink: #174f9f; --green-ink: #126239; --amber-ink: #7a4b00; --red-ink: #9d1f1c; --grey-ink: #46505d;
	}
	* { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
	body { font-size: 10pt; }
	header.top, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
	nav, .toolbar, .panel, .quiet-button, .skip, #more { display: none; }
	article { content-visibility: visible; }
	article header, tr, .evidence li, ul.do, figure, h2, h3 { break-inside: avoid; }
	h2, h3, article header { break-after: avoid; }
	.scroll { overflow: visible; }
	.chart:focus-visible { outline: none; }
	@page { margin: 14mm; }
}
`;
