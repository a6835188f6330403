// Rollup plugins that leave out of bundled libraries what the reporter never reaches: every byte is paid by every
// visitor of every page. Each fails the build when the library no longer looks as it did.

/** `code` with `from` replaced, where it stands exactly `times` times. */
function replace(context, code, { from, to, times = 1 }) {
  const parts = code.split(from);
  if (parts.length !== times + 1)
    context.error(
      `expected ${times} of ${JSON.stringify(from)}, found ${parts.length - 1}: look at scripts/slim.mjs`,
    );
  return parts.join(to);
}

const UNREACHED = new Set([
  'parse',
  'parseFFOrSafari',
  'parseOpera',
  'parseOpera9',
  'parseOpera10',
  'parseOpera11',
]);

/**
 * Parts of `parseV8OrIE` that cannot do anything to `at name (file:1:2)`: looking for lines that are frames, "eval code"
 * of Internet Explorer, places without a position. slim.test.ts compares it with the whole library.
 */
const UNREACHED_TEXTS = [
  ['new StackFrame(', '('],
  [
    `.filter(function(line) {
                return !!line.match(CHROME_IE_STACK_REGEXP);
            }, this)`,
    '',
  ],
  ['var CHROME_IE_STACK_REGEXP = /^\\s*at .*(\\S+:\\d+|\\(native\\))/m;', ''],
  [".replace(/^\\s+/, '').replace(/\\(eval code/g, '(')", ''],
  [
    "['eval', '<anonymous>'].indexOf(locationParts[0]) > -1 ? undefined : locationParts[0]",
    'locationParts[0]',
  ],
  [
    `if (urlLike.indexOf(':') === -1) {
                return [urlLike];
            }`,
    '',
  ],
];

/**
 * error-stack-parser: only `parseV8OrIE` and `extractLocation` stay, as the reporter writes every engine's calls in
 * V8's form before it asks (src/exception/frames.ts says why), and its UMD becomes a module. Its `stackframe`, a class
 * of 24 accessors, becomes the bag of fields that is all we read of it.
 */
function slimErrorStackParser(context, code) {
  const cuts = [];
  const visit = (node) => {
    if (!node || typeof node !== 'object') return;
    if (node.type === 'Property' && UNREACHED.has(node.key.name)) cuts.push(node);
    // Eval is taken out of a line before the parser sees it.
    else if (node.type === 'IfStatement' && code.slice(node.start, node.end).includes("'(eval '"))
      cuts.push(node);
    else for (const child of Object.values(node)) visit(child);
  };
  visit(context.parse(code));
  if (cuts.length !== UNREACHED.size + 1)
    context.error(`expected ${UNREACHED.size + 1} pieces to leave out, found ${cuts.length}`);
  let slim = code;
  for (const { start, end } of cuts.sort((a, b) => b.start - a.start)) {
    const tail = slim.slice(end);
    slim = slim.slice(0, start) + (tail.startsWith(',') ? tail.slice(1) : tail);
  }
  for (const [from, to] of UNREACHED_TEXTS) slim = replace(context, slim, { from, to });
  const factory = slim.indexOf('function ErrorStackParser(StackFrame)');
  if (factory < 0) context.error('error-stack-parser has no factory any more: look at scripts/slim.mjs');
  return `export default (${slim.slice(factory, slim.lastIndexOf('}') + 1)})();`;
}

/** idb-keyval: without the default store, which every function names as its default and none of ours uses. */
const slimIdbKeyval = (context, code) =>
  replace(context, code, { from: 'customStore = defaultGetStore()', to: 'customStore', times: 11 });

/** How the minified files are minified: nothing that terser itself calls unsafe. */
export const MINIFY = {
  ecma: 2020,
  compress: { passes: 3 },
  format: { comments: false, ascii_only: true },
};

export function slim() {
  return {
    name: 'slim',
    transform(code, id) {
      if (/error-stack-parser\.js$/.test(id)) return { code: slimErrorStackParser(this, code), map: null };
      if (/idb-keyval[\\/]dist[\\/]index\.js$/.test(id))
        return { code: slimIdbKeyval(this, code), map: null };
      return null;
    },
  };
}
