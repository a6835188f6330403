// The site's stylesheet, second half: the single pages.

export const PAGES = `
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
  .who .name { display: none; }
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
`;
