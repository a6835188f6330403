import { createHash } from 'node:crypto';

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
