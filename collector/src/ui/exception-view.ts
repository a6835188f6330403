// An exception on a page: type, message, frames, the stack as it came.
import { areOfScripts, isOwn } from '../digest/blame.js';
import { functionText } from '../digest/describe.js';
import type { KeptException, KeptFrame } from '../digest/kept.js';
import { bounded, type Html, view } from './markup.js';

/** Frames shown at once; the others are one click away. */
const MAX_OPEN = 40;

/** Long texts are cut here. Characters. */
const MAX_MESSAGE = 64 * 1024;
/** From here on a message scrolls. Characters. */
const LONG_MESSAGE = 1200;
const MAX_STACK = 256 * 1024;

/** Frames as a table, the first ones open. */
export function framesView(frames: readonly KeptFrame[], blamed: KeptFrame | undefined): Html {
  const rest = frames.slice(MAX_OPEN);
  return view`${framesTable(frames.slice(0, MAX_OPEN), blamed)}
${rest.length > 0 && view`<details class="more"><summary>${rest.length} more frames</summary>${framesTable(rest, blamed)}</details>`}`;
}

function framesTable(frames: readonly KeptFrame[], blamed: KeptFrame | undefined): Html {
  const ofScripts = areOfScripts(frames);
  const kindOf = (frame: KeptFrame) =>
    frame === blamed ? 'blamed' : isOwn(frame, ofScripts) ? 'own' : 'foreign';
  return view`<div class="scroll" role="region" aria-label="Frames" tabindex="0"><table class="frames">
<thead><tr><th scope="col">Function</th><th scope="col">File</th><th scope="col" class="number wide">Line</th><th scope="col" class="number wide">Column</th></tr></thead>
<tbody>${frames.map((frame) => frameRow(frame, kindOf(frame)))}</tbody>
</table></div>`;
}

function frameRow(frame: KeptFrame, kind: 'blamed' | 'own' | 'foreign'): Html {
  const name = functionText(frame);
  const mark = kind === 'blamed' && view` <span class="tag">blamed</span>`;
  const line = frame.line === undefined || frame.line < 0 ? '' : String(frame.line);
  // On a narrow screen this stands in for the two columns.
  const position = line && `:${line}${frame.column === undefined ? '' : `:${frame.column}`}`;
  return view`<tr class="${kind}"><td>${name || nameless(frame)}${mark}</td><td>${fileView(frame)}<span class="narrow">${position}</span></td><td class="number wide">${line}</td><td class="number wide">${frame.column}</td></tr>
`;
}

/** Native code without symbols has an address, other code a function that nobody named. */
function nameless({ address }: KeptFrame): Html {
  return address === '' ? view`<i>anonymous</i>` : view`<span class="offset">${address}</span>`;
}

/** A file's address as text, never as a link: a report may name any. Its origin says little, so it stands back. */
function fileView(frame: KeptFrame): Html {
  if (frame.fileName === '' && frame.place) {
    const { name, offset } = frame.place;
    if (!name) return view``;
    return view`${name}${offset && view` <span class="offset">+ ${offset}</span>`}`;
  }
  const [, origin = '', path = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/]*)(.*)$/is.exec(frame.fileName) ?? [];
  return origin ? view`<span class="origin">${origin}</span>${path}` : view`${frame.fileName}`;
}

/** Message, frames and raw stack. */
export function exceptionBody(exception: KeptException, blamed: KeptFrame | undefined): Html {
  const { frames, stackTrace } = exception;
  return view`${frames.length > 0 && framesView(frames, blamed)}
${frames.length === 0 && !stackTrace && view`<p class="note">This exception came without a stack.</p>`}
${stackTrace !== '' && view`<details class="raw"${frames.length === 0 && view` open`}><summary>Stack as it came</summary><pre tabindex="0">${bounded(stackTrace, MAX_STACK)}</pre></details>`}`;
}

export function messageView(message: string): Html | false {
  if (message === '') return false;
  const text = bounded(message, MAX_MESSAGE);
  // Only a long one scrolls, and what scrolls must be in reach of the keyboard.
  if (text.length > LONG_MESSAGE) return view`<p class="message long" tabindex="0">${text}</p>`;
  return view`<p class="message">${text}</p>`;
}

/** What caused an exception, each below the one it caused. */
export function causesView(causes: readonly KeptException[], blamed: KeptFrame | undefined): Html[] {
  return causes.map(
    (cause) => view`<section class="cause">
<h2><span class="lead">Caused by</span> ${cause.type || 'an exception without type'}</h2>
${messageView(cause.message)}
${exceptionBody(cause, blamed)}
</section>`,
  );
}
