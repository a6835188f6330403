// Who sends a post, and whether it may.
import type { App } from '../store/store.js';
import { parseUuid } from '../texts.js';
import { HEADER_APP_SECRET, HEADER_INSTALL_ID, QUERY_APP_SECRET, QUERY_INSTALL_ID } from '../wire.js';
import type { IncomingPost } from './post.js';
import { Refused } from './refused.js';
import { ZERO_UUID } from './uuid.js';

export interface Installed {
  readonly installId: string;
  readonly faults: readonly string[];
}

export function installOf(post: IncomingPost): Installed {
  const installId = parseUuid(field(post, HEADER_INSTALL_ID, QUERY_INSTALL_ID));
  if (installId) return { installId, faults: [] };
  return { installId: ZERO_UUID, faults: [`${HEADER_INSTALL_ID}: must be uuid`] };
}

export function secretOf(post: IncomingPost): string | undefined {
  return field(post, HEADER_APP_SECRET, QUERY_APP_SECRET);
}

/** Whether it is the one that an app is about to have no more. */
export function isOld(secret: string | undefined, { previousSecret }: App): boolean {
  return previousSecret !== undefined && parseUuid(secret) === previousSecret;
}

/** A header, or the query field that stands for it where none can be set: a beacon. Names in any case. */
function field(post: IncomingPost, header: string, query: string): string | undefined {
  const value = post.header(header.toLowerCase());
  if (value) {
    // One that was sent twice comes joined: https://www.rfc-editor.org/rfc/rfc9110#section-5.3
    const comma = value.indexOf(',');
    return comma < 0 ? value : value.slice(0, comma);
  }
  for (const [name, item] of post.query) if (name.toLowerCase() === query) return item;
  return undefined;
}

/** Throws `Refused` 403 for one that was disabled. */
export function checkApp({ disabledAt }: App): void {
  if (disabledAt === undefined) return;
  throw new Refused(403, 'AppDisabled', `${HEADER_APP_SECRET}: this app was disabled`);
}

/** Throws `Refused` 403. Only browsers name an origin, and no page can name another's; who is no browser can name any. */
export function checkOrigin(post: IncomingPost, { origins }: App): void {
  const origin = post.header('origin');
  if (origin === undefined || !origins || origins.includes(origin.toLowerCase())) return;
  throw new Refused(403, 'OriginNotAllowed', `Origin: ${origin} may not send to this app`);
}
