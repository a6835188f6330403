import { type Html, view } from './markup.js';

/** The field that no other site can fill in. */
export const FIELD = 'token';

/** To stand in every form of a page that is shown to a user. */
export function formToken({ formToken = '' }: { readonly formToken?: string }): Html {
  return view`<input type="hidden" name="${FIELD}" value="${formToken}">`;
}
