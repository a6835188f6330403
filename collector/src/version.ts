/** As in package.json; a test holds the two together. The bundle has no way to package.json of its own. */
export const VERSION = '0.1.0';
