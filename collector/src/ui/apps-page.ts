// All apps of the collector, and what may be done with one.
import type { Seen, UnknownSecret } from '../access/secrets-seen.js';
import type { App } from '../store/store.js';
import { formToken } from './form-token.js';
import { type Html, view } from './markup.js';
import { setUpView } from './set-up.js';
import { appPath, groupsPath, type Shell, toDocument } from './shell.js';
import { dayText, timeAgo } from './time.js';

/** What was counted of secrets, and since when. Milliseconds since the epoch. */
interface Counted {
  readonly since: number;
  readonly now: number;
}

export interface AppsContent extends Counted {
  /** Secrets that posts came with, and no app has. */
  readonly unknown: readonly UnknownSecret[];
  readonly apps: readonly App[];
  /** Why the last attempt failed, and the name it was made with. */
  readonly fault?: string;
  readonly name?: string;
}

export function appsPage(shell: Shell, content: AppsContent): Html {
  const { apps, fault, name = '' } = content;
  const title = apps.length > 0 ? 'Apps' : 'No app yet';
  const body = view`<div class="head"><h1>${title}</h1></div>
${apps.length > 0 && appsTable(apps)}
<section class="panel"><h2>Add an app</h2>
${faultView(fault)}
<form class="line" method="post" action="/apps">${formToken(shell)}
<label for="name">Name</label><input id="name" name="name" value="${name}" required maxlength="100" autocomplete="off">
<button>Add</button></form>
<p class="note">Or on the machine the collector runs on: <code>crashpost-collector app add NAME</code> prints the secret that the app reports with.</p>
</section>
${content.unknown.length > 0 && unknownSection(content)}`;
  return toDocument(shell, { title, body });
}

/** The likeliest mistake of all, and the sender never tells. */
function unknownSection({ unknown, since, now }: AppsContent): Html {
  const rows = unknown.map(
    ({ start, posts, lastAt }) =>
      view`<tr><th scope="row">${start ? view`<code>${start}…</code>` : 'none'}</th><td class="number">${posts.toLocaleString('en-US')}</td><td>${timeAgo(lastAt, now)}</td></tr>
`,
  );
  return view`<section><h2>Unknown secrets</h2>
<p class="note">Secrets of posts of the last 30 days that no app has: mistyped, or an old one that was ended while clients still used it. Such posts are answered 401, and App Center’s SDKs then erase what they have queued. Counting began ${timeAgo(since, now)}.</p>
<table class="groups">
<thead><tr><th scope="col">Secret</th><th scope="col" class="number">Posts</th><th scope="col">Last</th></tr></thead>
<tbody>${rows}</tbody>
</table></section>`;
}

function appsTable(apps: readonly App[]): Html {
  return view`<table class="list">
<thead><tr><th scope="col">App</th><th scope="col" class="wide">Added</th><th scope="col">State</th><th scope="col"><span class="hidden">Settings</span></th></tr></thead>
<tbody>${apps.map(
    (app) => view`<tr><th scope="row"><a href="${groupsPath(app)}">${app.name}</a></th>
<td class="wide">${dayText(app.createdAt)}</td><td>${stateOf(app)}</td><td class="number"><a href="${appPath(app)}" aria-label="Settings of ${app.name}">Settings</a></td></tr>`,
  )}</tbody></table>`;
}

function stateOf({ disabledAt, previousSecret }: App): string {
  if (disabledAt !== undefined) return 'disabled';
  return previousSecret === undefined ? 'enabled' : 'enabled, two secrets';
}

export interface AppContent extends Counted {
  readonly app: App;
  /** Origin of the collector, as the reader's browser reaches it. */
  readonly origin: string;
  /** Posts that came with the old one of its secrets. */
  readonly old?: Seen | undefined;
  readonly fault?: string;
}

export function appPage(shell: Shell, content: AppContent): Html {
  const { app, origin, fault } = content;
  const crumbs = [{ text: 'Apps', href: '/apps' }, { text: app.name }];
  const body = view`<div class="head"><h1>${app.name}: settings</h1></div>
${faultView(fault)}
<section class="panel"><h2>How it reports</h2>${setUpView(app, origin)}</section>
<section class="panel"><h2>Name</h2>
<form class="line" method="post" action="${appPath(app)}/name">${formToken(shell)}
<label for="name">Name</label><input id="name" name="name" value="${app.name}" required maxlength="100" autocomplete="off">
<button>Rename</button></form></section>
${secretSection(shell, content)}
${originsSection(shell, app)}
${stateSection(shell, app)}`;
  return toDocument(shell, { title: `${app.name}: settings`, crumbs, body });
}

function secretSection(shell: Shell, { app, old, since, now }: AppContent): Html {
  const posts = old?.posts ?? 0;
  const used = view`${posts === 0 ? 'No' : posts.toLocaleString('en-US')} ${posts === 1 ? 'post' : 'posts'} with the old one since counting began ${timeAgo(since, now)}${old && view`, the last ${timeAgo(old.lastAt, now)}`}.`;
  if (app.previousSecret === undefined)
    return view`<section class="panel"><h2>Secret</h2>
<p>A new secret is taken beside the one it has, until you end the change here.</p>
<form class="line" method="post" action="${appPath(app)}/rotate">${formToken(shell)}<button>Make a new secret</button></form></section>`;
  return view`<section class="panel"><h2>Secret</h2>
<p>Two secrets are taken now. Release the new one with your app, then end the change.</p>
<dl class="facts"><dt>New</dt><dd><code class="secret">${app.secret}</code></dd><dt>Old</dt><dd><code class="secret">${app.previousSecret}</code></dd></dl>
<p>${used}</p>
<form class="line" method="post" action="${appPath(app)}/end-rotation">${formToken(shell)}
${sure('Clients that still use the old secret lose the reports they have queued')}
<button class="danger">Stop taking the old one</button></form></section>`;
}

function originsSection(shell: Shell, app: App): Html {
  const origins = app.origins?.join(', ') ?? '';
  return view`<section class="panel"><h2>Origins</h2>
<p>The web origins whose pages alone may send, with commas between. Empty: all may. What is no browser is not asked for one.</p>
<form class="line" method="post" action="${appPath(app)}/origins">${formToken(shell)}
<label for="origins">Origins</label><input id="origins" name="origins" value="${origins}" placeholder="https://shop.example" maxlength="2000" autocomplete="off" spellcheck="false">
<button>Set</button></form></section>`;
}

function stateSection(shell: Shell, app: App): Html {
  if (app.disabledAt !== undefined)
    return view`<section class="panel"><h2>State</h2>
<p>Disabled on ${dayText(app.disabledAt)}: nothing is taken from it. What was received before stays.</p>
<form class="line" method="post" action="${appPath(app)}/enable">${formToken(shell)}<button>Enable</button></form></section>`;
  return view`<section class="panel"><h2>State</h2>
<p>Nothing is taken from a disabled app; what was received stays.</p>
<form class="line" method="post" action="${appPath(app)}/disable">${formToken(shell)}
${sure('App Center’s SDKs then erase the reports they have queued')}
<button class="danger">Disable</button></form></section>`;
}

/** What cannot be taken back is asked for twice, without JavaScript. */
function sure(consequence: string): Html {
  return view`<label class="sure"><input type="checkbox" name="sure" value="yes" required> ${consequence}: I know.</label>`;
}

function faultView(fault: string | undefined): Html | false {
  return fault !== undefined && view`<p class="fault" role="alert">${fault}</p>`;
}
