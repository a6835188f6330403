import type { Store } from '../store/store.js';
import type { Digester } from './digester.js';

/**
 * The same store; who reads its groups sees what had been posted before, although posts are gathered before they are
 * grouped.
 */
export function lookedAt(store: Store, { look }: Pick<Digester, 'look'>): Store {
  return {
    ...store,
    groups: (...args) => look().then(() => store.groups(...args)),
    group: (...args) => look().then(() => store.group(...args)),
    daysOfGroup: (...args) => look().then(() => store.daysOfGroup(...args)),
    reportsOfGroup: (...args) => look().then(() => store.reportsOfGroup(...args)),
  };
}
