/** At most `max` characters (UTF-16 units) of `text`, and no pair of surrogates halved. */
export const cutText = (text: string, max: number): string =>
  text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
