/** True where the message has one of the texts in it, or one of the patterns finds something there. */
export const isIgnored = (message = '', ignore: readonly (string | RegExp)[]): boolean =>
  // Not `test`, which remembers where a pattern with the flag g has stopped.
  ignore.some((one) => (typeof one === 'string' ? message.includes(one) : message.search(one) >= 0));
