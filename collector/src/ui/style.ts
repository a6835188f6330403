// The site's stylesheet. A string, because the build bundles TypeScript and nothing else.
import { createHash } from 'node:crypto';
import { BREADCRUMB_STYLE } from './breadcrumb-style.js';
import { FORM_STYLE } from './form-style.js';

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #fff; --panel: #f7f7f9; --line: #e3e3e8; --text: #1b1c20; --soft: #5d5f69;
  --accent: #3c4fd0; --on-accent: #fff; --crash: #b42318; --crash-bg: #fdeceb; --handled: #7a5200; --handled-bg: #fdf3da;
  --blame: #fdf6ef; --blame-line: #d9722e; --bar: #6b7be6; --bar-none: #dcdce3;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121316; --panel: #1a1b1f; --line: #2d2e35; --text: #e7e7ea; --soft: #a0a2ac;
    --accent: #9aa8ff; --on-accent: #12131a; --crash: #ff9d94; --crash-bg: #3a1d1b; --handled: #f0c067; --handled-bg: #352a12;
    --blame: #2a2018; --blame-line: #e08a4b; --bar: #7f8ff5; --bar-none: #34353d;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 14px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, p, dl, dd, figure, pre, ul, ol { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: 20px; line-height: 1.3; font-weight: 620; letter-spacing: -.01em; }
h2 { font-size: 14px; font-weight: 620; }
h3 { font-size: 13px; font-weight: 620; margin-top: 16px; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; text-underline-offset: 2px; }
code, pre, .where, .frames td { font-family: var(--mono); font-size: 12.5px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: 8px; top: -60px; padding: 8px 12px; background: var(--accent); color: var(--on-accent); z-index: 2; }
.skip:focus { top: 8px; }
.note { color: var(--soft); }
.narrow { display: none; }

.top {
  display: flex; align-items: center; gap: 6px 12px; min-height: 48px; padding: 6px 24px;
  border-bottom: 1px solid var(--line);
}
.brand { display: inline-flex; white-space: nowrap; align-items: center; gap: 8px; color: var(--text); font-weight: 650; letter-spacing: -.01em; }
.brand:hover { text-decoration: none; }
.mark { width: 18px; height: 18px; flex: none; }
.mark rect { fill: #4558d8; }
.mark path { fill: none; stroke: #fff; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.apps { position: relative; min-width: 0; }
.apps::before { content: '/'; color: var(--soft); margin-right: 12px; }
.apps > a { color: var(--text); }
.apps details { display: inline-block; }
.apps summary { cursor: pointer; list-style: none; }
.apps summary::-webkit-details-marker { display: none; }
.apps summary::after { content: ''; display: inline-block; width: 5px; height: 5px; margin: 0 4px 3px 8px; border: solid var(--soft); border-width: 0 1.5px 1.5px 0; transform: rotate(45deg); }
.apps ul {
  position: absolute; left: 12px; top: calc(100% + 8px); z-index: 1; min-width: 200px; max-width: 80vw; max-height: 60vh;
  overflow: auto; padding: 4px; background: var(--page); border: 1px solid var(--line); border-radius: 8px;
  box-shadow: 0 8px 24px rgb(0 0 0 / .14);
}
.apps li a { display: block; padding: 6px 10px; border-radius: 5px; color: var(--text); }
.apps li a:hover { background: var(--panel); text-decoration: none; }
.apps li a[aria-current] { font-weight: 620; }
.who, .who form { display: flex; align-items: center; gap: 12px; color: var(--soft); }
.who { margin-left: auto; white-space: nowrap; }
.who .name { max-width: 180px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
button {
  font: inherit; font-weight: 560; color: var(--on-accent); background: var(--accent); border: 0; border-radius: 6px;
  padding: 7px 14px; cursor: pointer;
}
button:hover { filter: brightness(1.08); }
button.plain { color: var(--text); background: none; border: 1px solid var(--line); padding: 3px 10px; font-weight: 450; white-space: nowrap; }
button.plain:hover { background: var(--panel); filter: none; }

main { max-width: 1280px; margin: 0 auto; padding: 20px 24px 64px; }
.trail ol { display: flex; flex-wrap: wrap; gap: 0 8px; margin-bottom: 10px; color: var(--soft); font-size: 13px; }
.trail li + li::before { content: '/'; margin-right: 8px; }
.head { margin-bottom: 18px; }
.head .note, .note + table { margin-top: 6px; }
.badge {
  display: inline-block; padding: 0 6px; margin-right: 8px; border-radius: 4px; font-size: 11px; line-height: 18px;
  font-weight: 620; vertical-align: 2px; letter-spacing: .01em;
}
.crash.badge { color: var(--crash); background: var(--crash-bg); }
.handled.badge { color: var(--handled); background: var(--handled-bg); }
.tag {
  display: inline-block; margin-left: 6px; padding: 0 5px; border-radius: 4px; font: 600 10.5px/16px system-ui, sans-serif;
  color: var(--crash); background: var(--crash-bg);
}
.pager { display: flex; gap: 16px; align-items: center; margin-top: 14px; color: var(--soft); }

table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 7px 12px 7px 0; font-weight: inherit; }
thead th { color: var(--soft); font-size: 12px; font-weight: 500; padding-block: 5px; white-space: nowrap; }
tbody tr { border-top: 1px solid var(--line); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.scroll { overflow-x: auto; }

.groups th[scope=row] { width: 100%; max-width: 0; padding-right: 28px; }
.groups tbody tr:hover { background: var(--panel); }
.groups .what { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.groups .what a { font-weight: 600; color: var(--text); }
.groups .what .says { color: var(--soft); }
.groups .where { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--soft); }
.groups td { white-space: nowrap; padding-left: 12px; }
.groups th { padding-left: 8px; }
.groups thead th { padding-left: 12px; }
.groups thead th:first-child { padding-left: 8px; }
.groups .version { max-width: 140px; overflow: hidden; text-overflow: ellipsis; }
svg.spark { width: 92px; height: 22px; display: block; }
svg .some { fill: var(--bar); }
svg .none { fill: var(--bar-none); }
.set-up { margin-top: 32px; padding-top: 12px; border-top: 1px solid var(--line); }
.set-up summary, .more summary, .raw summary { cursor: pointer; color: var(--soft); }
.set-up summary:hover, .more summary:hover, .raw summary:hover { color: var(--text); }
.set-up .facts { margin-top: 14px; }
.empty { max-width: 760px; padding: 20px 24px 24px; border: 1px solid var(--line); border-radius: 10px; }
.empty .lead { font-size: 16px; font-weight: 600; }
.empty .facts { margin-top: 16px; }
pre.code { margin: 6px 0; padding: 12px 14px; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; overflow-x: auto; white-space: pre; overflow-wrap: normal; }
.secret { user-select: all; }

.message { margin-top: 6px; white-space: pre-wrap; font-size: 15px; }
.message.long { max-height: 15em; overflow-y: auto; padding: 10px 14px; background: var(--panel); border-radius: 8px; font-size: 13px; }
.head > .where { margin-top: 6px; color: var(--soft); }
section { margin-bottom: 26px; }
section > h2 { margin-bottom: 8px; }
.row { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 14px; margin-bottom: 8px; }
.numbers { display: flex; flex-wrap: wrap; gap: 10px 40px; margin-bottom: 24px; padding: 12px 16px; background: var(--panel); border-radius: 10px; }
.numbers dt { color: var(--soft); font-size: 12px; }
.numbers dd { font-size: 15px; font-weight: 560; font-variant-numeric: tabular-nums; }
.chart { max-width: 720px; }
.plot { position: relative; padding-left: 34px; }
.most { position: absolute; left: 0; top: -3px; width: 28px; text-align: right; color: var(--soft); font-size: 11px; font-variant-numeric: tabular-nums; }
svg.bars { display: block; width: 100%; height: 72px; border-bottom: 1px solid var(--line); }
.axis { display: flex; justify-content: space-between; padding-left: 34px; color: var(--soft); font-size: 11px; }
.chart figcaption { padding-left: 34px; margin-top: 2px; color: var(--soft); font-size: 12.5px; }

.frames td { padding-block: 4px; line-height: 1.45; }
.frames td:first-child, .frames th:first-child { padding-left: 12px; width: 46%; }
.frames td:nth-child(2) { width: 54%; }
.frames .foreign td { color: var(--soft); }
.frames .own td:first-child { font-weight: 600; }
.frames .blamed td { background: var(--blame); }
.frames .blamed td:first-child { font-weight: 600; box-shadow: inset 3px 0 var(--blame-line); }
.frames .origin, .frames .offset, .frames i { font-weight: 400; color: var(--soft); }
.more, .raw { margin-top: 8px; }
.more[open] > summary, .raw[open] > summary { margin-bottom: 8px; }
.raw pre { padding: 12px 14px; background: var(--panel); border-radius: 8px; white-space: pre-wrap; max-height: 640px; overflow-y: auto; }
.cause { margin-top: 22px; }
.cause h2 { font-size: 16px; }
.cause .lead { color: var(--soft); font-weight: 450; }
.cause .message { margin-bottom: 8px; font-size: 14px; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 320px; gap: 8px 40px; align-items: start; }
.columns > div { min-width: 0; }
aside { border-left: 1px solid var(--line); padding-left: 24px; min-width: 0; }
.facts { display: grid; grid-template-columns: 104px minmax(0, 1fr); gap: 3px 16px; font-size: 13px; }
.facts dt { color: var(--soft); }
.attachments li { padding: 6px 0; border-top: 1px solid var(--line); }
.attachments .file { font-weight: 560; margin-right: 8px; }
${BREADCRUMB_STYLE}
.reports th { white-space: nowrap; }
.reports td { overflow-wrap: break-word; }
.reports th .note { margin-left: 10px; font-size: 12.5px; font-variant-numeric: tabular-nums; }

.sign-in, .notice { max-width: 340px; margin: 9vh auto 0; }
.notice { max-width: 520px; }
.notice p { margin-top: 8px; }
.sign-in label { display: block; margin: 14px 0 4px; color: var(--soft); font-size: 13px; }
.sign-in input { width: 100%; font: inherit; padding: 7px 10px; color: inherit; background: var(--page); border: 1px solid var(--soft); border-radius: 6px; }
.sign-in button { width: 100%; margin-top: 20px; padding: 8px; }
.fault { margin-top: 12px; padding: 8px 12px; border-radius: 6px; color: var(--crash); background: var(--crash-bg); }

@media (max-width: 860px) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  aside { border-left: 0; padding: 20px 0 0; border-top: 1px solid var(--line); display: grid; grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr)); gap: 0 32px; }
}
@media (max-width: 720px) {
  .top, main { padding-left: 16px; padding-right: 16px; }
  .top { flex-wrap: wrap; }
  .apps { order: 1; flex-basis: 100%; } .apps::before { content: none; }
  .who .name { max-width: 96px; }
  .wide { display: none; }
  .narrow { display: inline; }
  .groups .narrow { display: block; color: var(--soft); font-size: 12.5px; }
  .frames .origin { display: none; }
  .groups .what { white-space: normal; display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; }
  .groups th[scope=row] { padding-right: 12px; }
  .numbers { gap: 10px 28px; }
  .sign-in input { font-size: 16px; }
}
@media (prefers-contrast: more) {
  :root { --soft: var(--text); --line: currentColor; }
}
${FORM_STYLE}`;

/** Named by its content, so that browsers may keep it for ever and never show a page with the wrong one. */
export const STYLE_PATH = `/assets/site-${createHash('sha256').update(STYLE).digest('hex').slice(0, 12)}.css`;
