// Real bodies that App Center took. They lie beside the repository and not in it: without them there are none.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const CORPUS = new URL('../../../shared/corpus/appcenter/', import.meta.url);

export const HAS_CORPUS = existsSync(CORPUS);

function bodies(folder: string, ending: string): [name: string, text: string][] {
  const url = new URL(`${folder}/`, CORPUS);
  if (!existsSync(url)) return [];
  const names = readdirSync(url).filter((name) => name.endsWith(ending));
  return names.map((name) => [`${folder}/${name}`, readFileSync(new URL(name, url), 'utf8')]);
}

/** Each by its file's name. */
export const BODIES = [
  ...bodies('docs-json', '.asprinted.json'),
  ...bodies('exponea', '.json'),
  ...bodies('derived-appleError', '.json'),
];
