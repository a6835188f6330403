// An element for people: where it stands in the page's code, never what stands in it, which may be the visitor's.
import { attempt } from '../platform/guard.js';

/** What a click is meant for, where it falls on something inside. */
const MEANT = 'a,button,input,select,textarea,label,summary,option,[role=button],[role=link],[onclick]';
const MAX_CLASSES = 3;
/** Characters of one name: a framework may make them of anything. */
const MAX_NAME = 64;

/** The native ones: a form's own field named `id` hides the form's id (DOM clobbering). */
type Natives = Pick<Element, 'getAttribute' | 'closest'>;

/** `button#save.primary[name=save]` */
function describe(element: Element, { getAttribute }: Natives): string {
  const read = (name: string) => (getAttribute.call(element, name) ?? '').trim().slice(0, MAX_NAME);
  const [id, name] = [read('id'), read('name')];
  const classes = read('class').split(/\s+/).slice(0, MAX_CLASSES).filter(Boolean);
  const rest = [...(id ? [`#${id}`] : []), ...classes.map((one) => `.${one}`)].join('');
  return `${element.localName}${rest}${name && `[name=${name}]`}`;
}

/** What was clicked, and what it is in where that is what one clicks; empty where it is no element. */
export function describeTarget(
  event: Event,
  { Element }: { readonly Element: typeof globalThis.Element },
): string {
  // What is inside of a shadow root is its host to the event's own target.
  const target = attempt(() => event.composedPath()[0]) ?? event.target;
  const natives: Natives = Element.prototype;
  return (
    attempt(() => {
      const element = target as Element;
      const own = describe(element, natives);
      const meant = natives.closest.call(element, MEANT);
      return meant && meant !== element ? `${describe(meant, natives)} > ${own}` : own;
    }) ?? ''
  );
}
