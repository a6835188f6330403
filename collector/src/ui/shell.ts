// What is around every page.
import type { App } from '../store/store.js';
import { formToken } from './form-token.js';
import { type Html, view } from './markup.js';
import { STYLE_PATH } from './style.js';

/** Who looks at a page, and of which app. */
export interface Shell {
  /** Absent before sign-in. */
  readonly user?: string;
  /** Goes with every form of the page; there when `user` is. */
  readonly formToken?: string;
  readonly apps?: readonly App[];
  readonly app?: App;
}

/** A way from here upwards; the last one is the page itself and has no address. */
export interface Crumb {
  readonly text: string;
  readonly href?: string;
}

interface Content {
  /** What the page says it is, in the browser's tab. */
  readonly title: string;
  readonly crumbs?: readonly Crumb[];
  readonly body: Html;
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3.5' fill='%234558d8'/%3E%3Cpath d='M3 9h2.6l1.5-4.5L9 12l1.4-3H13' fill='none' stroke='%23fff' stroke-width='1.5' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

const MARK = view`<svg class="mark" viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" rx="3.5"/><path d="M3 9h2.6l1.5-4.5L9 12l1.4-3H13"/></svg>`;

/** A whole document. */
export function toDocument(shell: Shell, { title, crumbs = [], body }: Content): Html {
  return view`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title} · Crashpost</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="top">
  <a class="brand" href="/">${MARK}Crashpost</a>
  ${switcher(shell)}
  ${shell.user !== undefined && who(shell, shell.user)}
</header>
<main id="content">
${crumbs.length > 0 && trail(crumbs)}
${body}
</main>
</body>
</html>
`;
}

/** A list that opens without JavaScript; a mere name when there is nothing to choose. */
function switcher({ apps = [], app }: Shell): Html | undefined {
  if (!app) return undefined;
  if (apps.length < 2)
    return view`<nav class="apps" aria-label="App"><a href="${groupsPath(app)}">${app.name}</a></nav>`;
  const items = apps.map(
    (one) =>
      view`<li><a href="${groupsPath(one)}"${one.id === app.id && view` aria-current="true"`}>${one.name}</a></li>`,
  );
  return view`<nav class="apps" aria-label="Apps"><details><summary>${app.name}</summary><ul>${items}</ul></details></nav>`;
}

function who(shell: Shell, user: string): Html {
  return view`<div class="who"><a href="/apps">Apps</a><a class="name" href="/account">${user}</a><form method="post" action="/sign-out">${formToken(shell)}<button class="plain">Sign out</button></form></div>`;
}

function trail(crumbs: readonly Crumb[]): Html {
  const items = crumbs.map(({ text, href }) =>
    href ? view`<li><a href="${href}">${text}</a></li>` : view`<li aria-current="page">${text}</li>`,
  );
  return view`<nav class="trail" aria-label="Breadcrumb"><ol>${items}</ol></nav>`;
}

export function groupsPath(app: { readonly id: number }): string {
  return `/apps/${app.id}/groups`;
}

/** What was not taken of it, and the attachments that wait for their report. */
export function refusedPath(app: { readonly id: number }): string {
  return `/apps/${app.id}/refused`;
}

/** Its settings. */
export function appPath(app: { readonly id: number }): string {
  return `/apps/${app.id}/settings`;
}

export function groupPath(group: { readonly appId: number; readonly id: number }): string {
  return `/apps/${group.appId}/groups/${group.id}`;
}

export function reportPath(app: { readonly id: number }, reportId: string): string {
  return `/apps/${app.id}/reports/${encodeURIComponent(reportId)}`;
}

/** Says whether the app died of it or caught it. */
export function fatalBadge(fatal: boolean): Html {
  return fatal
    ? view`<span class="badge crash">Crash</span>`
    : view`<span class="badge handled">Handled</span>`;
}

/** Ways to the pages before and after one; nothing when there is only one. */
export function pager(path: string, page: number, more: boolean): Html | undefined {
  if (page === 1 && !more) return undefined;
  return view`<nav class="pager" aria-label="Pages">
  ${page > 1 && view`<a rel="prev" href="${path}${page > 2 ? `?page=${page - 1}` : ''}">← Newer</a>`}
  <span>Page ${page}</span>
  ${more && view`<a rel="next" href="${path}?page=${page + 1}">Older →</a>`}
</nav>`;
}
