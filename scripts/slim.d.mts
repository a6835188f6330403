import type { Options } from '@rollup/plugin-terser';
import type { Plugin } from 'rollup';

export const MINIFY: Options;
export function slim(): Plugin;
