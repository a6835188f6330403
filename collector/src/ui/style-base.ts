// The site's stylesheet, first half: colours, type, and what stands on every page. A string, because the build bundles
// TypeScript and nothing else.

export const BASE = `
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
.brand { display: inline-flex; align-items: center; gap: 8px; color: var(--text); font-weight: 650; letter-spacing: -.01em; }
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
.who { margin-left: auto; display: flex; align-items: center; gap: 12px; color: var(--soft); }
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
.head .note { margin-top: 6px; }
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
`;
