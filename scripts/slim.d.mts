import type { Plugin } from 'rollup';

export function slim(): Plugin;
