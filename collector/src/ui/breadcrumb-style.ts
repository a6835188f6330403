// A part of the site's stylesheet: what happened before an error.
export const BREADCRUMB_STYLE = `
.before li { display: grid; grid-template-columns: 5.5em 6.5em minmax(0, 1fr); gap: 0 12px; padding: 3px 0; border-top: 1px solid var(--line); font-size: 13px; }
.before .ago { color: var(--soft); text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.before .kind { color: var(--soft); }
.before .said { font-family: var(--mono); font-size: 12.5px; }
.before .bad { color: var(--crash); }
.before .data { color: var(--soft); }
@media (max-width: 720px) { .before li { grid-template-columns: 5.5em minmax(0, 1fr); } .before .said { grid-column: 2; } }
`;
