// The part of the stylesheet for pages on which something is changed.
export const FORM_STYLE = `.hidden { position: absolute; clip-path: inset(50%); }
button.danger { color: var(--crash); background: none; border: 1px solid var(--crash); }
.list th[scope=row] { width: 55%; font-weight: 600; }
.panel { max-width: 760px; margin-top: 20px; padding: 16px 20px 18px; border: 1px solid var(--line); border-radius: 10px; }
.panel p, .panel .facts { margin-top: 8px; }
.panel > .facts { grid-template-columns: 80px minmax(0, 1fr); }
form.line { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; margin-top: 12px; }
form.line input:not([type=checkbox]) { flex: 0 1 320px; min-width: 0; font: inherit; padding: 6px 10px; color: inherit; background: var(--page); border: 1px solid var(--soft); border-radius: 6px; }
.done { padding: 8px 12px; border-radius: 6px; background: var(--panel); }
form.rows { display: grid; gap: 4px; max-width: 340px; margin-top: 12px; }
form.rows label { color: var(--soft); font-size: 13px; }
form.rows input { font: inherit; padding: 7px 10px; margin-bottom: 8px; color: inherit; background: var(--page); border: 1px solid var(--soft); border-radius: 6px; }
form.rows button { justify-self: start; }
@media (max-width: 720px) { form.rows input, form.line input { font-size: 16px; } }
.sure { flex-basis: 100%; }
`;
