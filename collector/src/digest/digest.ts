// A kept report → what group it belongs to, and how it is shown in a list. Pure.
import { createHash } from 'node:crypto';
import type { Digest, Report } from '../store/store.js';
import { blamedFrame } from './blame.js';
import { clientText, firstLine, locationText, osText } from './describe.js';
import { textField } from './json.js';
import type { KeptLog } from './kept.js';
import { parseLog } from './kept-log.js';
import { frameKey, stableMessage } from './stable.js';

/** How long a message is in a list. Characters. */
const MAX_MESSAGE = 300;

/**
 * What is found out about a report. Whatever a log lacks is left out; one that is no JSON object, or has too many
 * values, gets the digest of an unreadable report. Throws nothing.
 */
export function toDigest(report: Report): Digest {
  const log = parseLog(report.json);
  if (!log)
    return toUnreadable(
      report,
      `${report.json.length} characters that are not a JSON object, or hold too much`,
    );
  const frame = blamedFrame([log.exception, ...log.causes]);
  return {
    appId: report.appId,
    reportId: report.id,
    fingerprint: toFingerprint(keyOf(log)),
    exceptionType: firstLine(log.exception.type || log.type || report.type, 200),
    message: firstLine(log.exception.message, MAX_MESSAGE),
    location: frame ? locationText(frame) : '',
    fatal: log.fatal,
    appVersion: firstLine(textField(log.device, 'appVersion', 400), 60),
    os: osText(log.device),
    client: clientText(log.device),
  };
}

/** The digest of a report nothing can be made of, so that it is seen and counted all the same. */
export function toUnreadable(report: Report, why: string): Digest {
  return {
    appId: report.appId,
    reportId: report.id,
    fingerprint: toFingerprint(['unreadable', report.type]),
    exceptionType: 'Unreadable report',
    message: firstLine(`${report.type}: ${why}`, MAX_MESSAGE),
    location: '',
    fatal: report.type !== 'handledError',
    appVersion: '',
    os: '',
    client: '',
  };
}

/** Type and blamed frame; without a frame, type and what does not vary of the message. */
function keyOf({ exception, causes, type }: KeptLog): string[] {
  const name = exception.type || type;
  const frame = blamedFrame([exception, ...causes]);
  const key = frame ? frameKey(frame) : [];
  return key.length > 0 ? ['frame', name, ...key] : ['message', name, stableMessage(exception.message)];
}

/** `v1` is the recipe: a later one can tell its groups from these. */
function toFingerprint(parts: readonly string[]): string {
  return `v1:${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}
