// Bound when the reporter loads: a page may replace it later, and break it.
const { stringify } = JSON;

/**
 * Prototype.js before 1.7, and what calls itself compatible, gives all arrays a `toJSON` that makes a text of them. What
 * it gave is not taken: a replacer has the last word (https://tc39.es/ecma262/#sec-serializejsonproperty).
 */
function asItIs(this: Record<string, unknown>, key: string): unknown {
  return this[key];
}

/** JSON of plain data, whatever the page has done to the prototypes. Throws where a `toJSON` of the page's throws. */
export const toJson = (data: object): string => stringify(data, 'toJSON' in [] ? asItIs : undefined);
