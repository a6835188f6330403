/** Who signs in, then all up to the query or the fragment, then these. Ends where JSON ends a text, or escapes. */
const ADDRESS = /:\/\/(?:[^\s/?#"\\]*@)?([^\s?#"\\]*)([?#][^\s"\\]*)?/g;

/** What may have a source map, which is found by the whole address. */
const SCRIPT = /[./](?:[cm]?[jt]sx?|wasm|vue)$/i;

/** What is not the query's own: the position in the line of a stack, what the text around it goes on with. */
const END = /(:\d+:\d+)?[),.;'>]{0,4}$/;

/**
 * A text with its addresses bare: without user and password, and without query and fragment, which say who visits, and
 * what was looked for. A script's own query stays.
 * @param text an address, a message, a stack, or a whole log as JSON
 */
export const bare = (text: string): string =>
  text.replace(
    ADDRESS,
    (_, path: string, query = '') => `://${path}${SCRIPT.test(path) ? query : END.exec(query)?.[0]}`,
  );
