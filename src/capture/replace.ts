import type { Stop } from '../platform/platform.js';

const { set } = Reflect;

/** Takes the place of a call. So named that a stack shows it as ours; methods keep their names through minifiers. */
export interface Trap {
  crashpostCallback(native: Callable, self: unknown, args: unknown[]): unknown;
}

export type Callable = (this: unknown, ...args: never[]) => unknown;

/**
 * Puts a stand-in before the method `target[name]`, where there is one: a Proxy, whose name, length and text stay the
 * native ones. Stopping takes it out; where somebody has wrapped it since it stays, and does nothing.
 */
export function replace(target: object | undefined, name: string, { crashpostCallback }: Trap): Stop {
  const methods = target as Record<string, unknown> | undefined;
  const native = methods?.[name];
  if (!methods || typeof native !== 'function') return () => undefined;
  const handler: ProxyHandler<Callable> = { apply: crashpostCallback };
  const ours = new Proxy(native as Callable, handler);
  // Not by assignment, which throws where a page has frozen what is its own.
  set(methods, name, ours);
  return () => {
    delete handler.apply;
    if (methods[name] === ours) set(methods, name, native);
  };
}
