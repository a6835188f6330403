// Serves the page of cases, from addresses with everything in them that an address may have.
import { readFileSync } from 'node:fs';
import { TRAP } from '../catalogue/server.js';
import { type Served, serve } from '../listen.js';

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  wasm: 'application/wasm',
};
const page = (name: string): Buffer => readFileSync(new URL(`page/${name}`, import.meta.url));
const built = (name: string): Buffer => readFileSync(new URL(`../../dist/${name}`, import.meta.url));

/** By path, without the query. */
const FILES: Record<string, () => Uint8Array> = {
  '/': () => page('page.html'),
  '/odd%20(1)/cases%20@2.js': () => page('cases.js'),
  '/module.js': () => page('module.js'),
  '/run.js': () => page('run.js'),
  '/trap.wasm': () => TRAP,
};

export const serveCases = (): Promise<Served> =>
  serve(({ url = '' }, response) => {
    const [path = ''] = url.split('?');
    const [, name] = /^\/crashpost\/([\w.]+)$/.exec(path) ?? [];
    const file = name ? () => built(name) : FILES[path];
    const type = TYPES[/\.(\w+)$/.exec(path)?.[1] ?? 'html'] ?? 'text/plain';
    response.writeHead(file ? 200 : 404, { 'content-type': type }).end(file?.());
  });
