// Pages that only say something: sign-in, and what went wrong.
import { type Html, view } from './markup.js';
import { type Shell, toDocument } from './shell.js';

export interface SignInContent {
  /** Where to go afterwards: a path of this site. */
  readonly next: string;
  readonly name?: string;
  /** Why the last attempt failed. */
  readonly fault?: string;
}

export function signInPage({ next, name = '', fault }: SignInContent): Html {
  const body = view`<form class="sign-in" method="post" action="/sign-in">
<h1>Sign in</h1>
${fault !== undefined && view`<p class="fault" role="alert">${fault}</p>`}
<label for="name">Name</label>
<input id="name" name="name" value="${name}" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="200"${name === '' && view` autofocus`}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1000"${name !== '' && view` autofocus`}>
<input type="hidden" name="next" value="${next}">
<button>Sign in</button>
</form>`;
  return toDocument({}, { title: 'Sign in', body });
}

/** A title, a sentence, and the way home. */
export function noticePage(shell: Shell, title: string, text: string): Html {
  const body = view`<div class="notice"><h1>${title}</h1><p>${text}</p><p><a href="/">To the start page</a></p></div>`;
  return toDocument(shell, { title, body });
}
