/** True where the message has one of the texts in it, or one of the patterns finds something there. */
export const isIgnored = (message = '', ignore: string | RegExp | readonly (string | RegExp)[]): boolean =>
  // Not `test`, which remembers where a pattern with the flag g has stopped.
  // One alone, where a list was wanted.
  [ignore].flat().some((one) =>
    // What is neither is passed over.
    typeof one === 'string' ? message.includes(one) : one instanceof RegExp && message.search(one) >= 0,
  );
