// What the page's own events tell: where it is, whether it is seen, whether there is a network, what is clicked.
import { replace } from '../capture/replace.js';
import type { Stop } from '../platform/platform.js';
import { describeTarget } from './describe.js';
import type { Watch } from './watch.js';

const { apply } = Reflect;

/** History API, back and forward. Of an address only what comes before the query: after it comes what may be private. */
export function onNavigation({ platform: { on, realm }, bare, keep }: Watch): Stop[] {
  let last = '';
  const look = (): void =>
    keep('navigation', () => {
      const path = bare(realm.location.href);
      if (path === last) return '';
      last = path;
      return path;
    });
  look();
  const names = ['pushState', 'replaceState'];
  const wrapped = names.map((name) =>
    replace(realm.History?.prototype, name, {
      crashpostCallback(native, self, args) {
        const result = apply(native, self, args);
        look();
        return result;
      },
    }),
  );
  return [
    ...wrapped,
    on('popstate', look),
    // That it changed is all that is told of the fragment.
    on('hashchange', () => keep('navigation', () => `${bare(realm.location.href)}#`)),
  ];
}

export function onClicks({ platform: { on, realm }, keep }: Watch): Stop[] {
  return [on('click', (event) => keep('click', () => describeTarget(event, realm)))];
}

export const onVisibility = ({ platform: { on, realm }, keep }: Watch): Stop[] => [
  on('visibilitychange', () => keep('visibility', () => realm.document.visibilityState)),
];

export const onNetwork = ({ platform: { on }, keep }: Watch): Stop[] =>
  ['online', 'offline'].map((type) => on(type, () => keep('network', type)));
