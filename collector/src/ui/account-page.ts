// What a user may change of the own account.
import { formToken } from './form-token.js';
import { type Html, view } from './markup.js';
import { type Shell, toDocument } from './shell.js';

export interface AccountContent {
  /** Why the last attempt failed. */
  readonly fault?: string;
  /** Whether the password was changed just now. */
  readonly done?: boolean;
}

export function accountPage(shell: Shell, { fault, done = false }: AccountContent): Html {
  const body = view`<div class="head"><h1>${shell.user ?? ''}</h1></div>
<section class="panel"><h2>Password</h2>
${fault !== undefined && view`<p class="fault" role="alert">${fault}</p>`}
${done && view`<p class="done" role="status">You have a new password. Everywhere else you are signed out.</p>`}
<form class="rows" method="post" action="/account/password">${formToken(shell)}
<input type="text" name="name" value="${shell.user ?? ''}" autocomplete="username" hidden>
<label for="current">The one you have</label><input id="current" name="current" type="password" autocomplete="current-password" required maxlength="1000">
<label for="password">A new one, 8 characters or more</label><input id="password" name="password" type="password" autocomplete="new-password" required minlength="8" maxlength="1000">
<button>Change it</button></form>
<p class="note">Other users are added and removed on the machine the collector runs on: <code>crashpost-collector user --help</code></p></section>`;
  return toDocument(shell, { title: 'Account', body });
}
