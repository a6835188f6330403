// docs/api.md, made of the comments in the files that declare what is public. TypeScript 7 has no compiler API, and what
// stands there is plain: interfaces of members, each below its comment.
import { readFileSync } from 'node:fs';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

interface Member {
  readonly name: string;
  readonly signature: string;
  readonly doc: string;
}

/** The words of a comment, without its asterisks. */
const wordsOf = (comment = ''): string =>
  comment
    .replace(/^\s*\/\*\*|\*\/\s*$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join(' ')
    .trim();

/** Its `@param` and `@returns` as items of a list. */
const toMarkdown = (doc: string): string => {
  const [text = '', ...tags] = doc.split(/ ?(?=@(?:param|returns) )/);
  const items = (text.startsWith('@') ? [text, ...tags] : tags).map((tag) =>
    tag.replace(/^@param (\S+) (.*)$/, '- `$1`: $2').replace(/^@returns (.*)$/, '- gives $1'),
  );
  return [text.startsWith('@') ? '' : text, items.join('\n')].filter(Boolean).join('\n\n');
};

/** The members of one interface, in order. */
function membersOf(body: string): Member[] {
  const found = body.matchAll(
    /(?:^ {2}(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n)?^ {2}((?:readonly )?(\w+)[?(:][\s\S]*?;)$/gm,
  );
  return [...found].map(([, comment, signature = '', name = '']) => ({
    name,
    signature: signature.replace(/\n {2}/g, '\n'),
    doc: wordsOf(comment),
  }));
}

/** Every interface of a file, with what stands above it. */
function interfacesOf(source: string): { name: string; doc: string; members: Member[] }[] {
  const found = source.matchAll(
    /(?:^(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n)?^export interface (\w+) \{\n([\s\S]*?)^\}/gm,
  );
  return [...found].map(([, comment, name = '', body = '']) => ({
    name,
    doc: wordsOf(comment),
    members: membersOf(body),
  }));
}

const section = ({ name, signature, doc }: Member): string =>
  [`### \`${name}\``, `\`\`\`ts\n${signature}\n\`\`\``, toMarkdown(doc)].filter(Boolean).join('\n\n');

const typeSection = ({ name, doc, members }: ReturnType<typeof interfacesOf>[number]): string =>
  [
    `### \`${name}\``,
    doc,
    members
      .map((member) => {
        const text = toMarkdown(member.doc).replace(/\n+- /g, '; ').replace(/^- /, '');
        return `- \`${member.signature.replace(/\s+/g, ' ')}\`${text ? `\n  ${text}` : ''}`;
      })
      .join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');

/** The whole document. */
export function apiDocs(): string {
  const api = interfacesOf(read('./api.ts'));
  const types = [...api, ...interfacesOf(read('./crash-api.ts'))];
  const of = (name: string) => api.find((one) => one.name === name)?.members ?? [];
  return `${[
    '# The reporter’s API',
    'Written from the comments in `src/api.ts` and `src/crash-api.ts` by `UPDATE_DOCS=1 npx vitest run src/api-docs.test.ts`; a test fails when it is stale. The functions are exports of the npm package, and properties of the script tag’s global `crashpost`. None of them throws, and no promise of theirs is rejected; where there is no browser (server-side rendering) they do nothing.',
    'Calls that come before `start`, or before the part of the reporter that is loaded when the page is idle, wait for it; `setUserId` and the like then hold from there on.',
    '## Functions',
    ...of('Reporter').map(section),
    '## Options of `start`',
    ...of('Options').map(section),
    '## Types',
    ...types.filter(({ name }) => name !== 'Reporter' && name !== 'Options').map(typeSection),
  ].join('\n\n')}\n`;
}
