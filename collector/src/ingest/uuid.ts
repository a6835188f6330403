import { createHash } from 'node:crypto';
import { parseUuid } from '../texts.js';

/** What stands for a sender that did not say who it is; .NET's SDK sends it too. */
export const ZERO_UUID = '00000000-0000-0000-0000-000000000000';

/** The UUID that is always the same for the same parts: what is posted again without an id is still one log. */
export function uuidOf(parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  // Version 8, "custom": https://www.rfc-editor.org/rfc/rfc9562#section-5.8
  const [a, b, c, d, e] = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(13, 16),
    hex.slice(17, 20),
    hex.slice(20, 32),
  ];
  return `${a}-${b}-8${c}-8${d}-${e}`;
}

/**
 * The UUID that stands for what a client calls a log by: "required string", says App Center's document, and no more. The
 * same text is the same id, be it of a report or what an attachment says of its report. Undefined for what is no text.
 * @param scope within which the text is unique; a UUID is so anyway.
 */
export function toId(text: unknown, scope: readonly string[]): string | undefined {
  if (typeof text !== 'string') return undefined;
  const name = text.trim();
  return parseUuid(name) ?? (name === '' ? undefined : uuidOf([...scope, 'id', name]));
}
