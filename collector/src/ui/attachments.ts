// The attachments of a report: what they are, and the text of those that are text. Never a link, never an image:
// what strangers send is not served as a document of this origin.
import { asObject, parseJson, textField } from '../digest/json.js';
import type { Attachment } from '../store/store.js';
import { bounded, type Html, view } from './markup.js';

/** Attachments listed. */
const MAX_LISTED = 50;

/** Shown of a text. Characters. */
const MAX_TEXT = 64 * 1024;

const TEXT_TYPE = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml|yaml|javascript)\b)/i;

export function attachmentsView(attachments: readonly Attachment[]): Html | false {
  if (attachments.length === 0) return false;
  const items = attachments.slice(0, MAX_LISTED).map(attachmentView);
  const rest = attachments.length - items.length;
  return view`<section><h2>Attachments</h2><ul class="attachments">${items}</ul>
${rest > 0 && view`<p class="note">And ${rest} more.</p>`}</section>`;
}

function attachmentView({ json, file }: Attachment): Html {
  // What cannot be read is listed as of unknown type: that there is one is worth knowing.
  const log = asObject(parseJson(json));
  const contentType = textField(log, 'contentType', 200);
  const data = textField(log, 'data', Number.POSITIVE_INFINITY);
  const bytes = Buffer.from(data, 'base64');
  const name = textField(log, 'fileName', 500) || 'without a name';
  const text = TEXT_TYPE.test(contentType) && bytes.length > 0;
  return view`<li><span class="file">${name}</span> <span class="note">${contentType || 'unknown type'} · ${sizeText(file?.bytes ?? bytes.length)}</span>
${file && view`<div class="where">${file.path} in the data folder</div>`}${text && view`<details class="raw"><summary>Show the text</summary><pre tabindex="0">${bounded(bytes.subarray(0, MAX_TEXT * 4).toString('utf8'), MAX_TEXT)}</pre></details>`}</li>
`;
}

/** `17 B`, `4.0 KiB`, `7.0 MiB`. */
function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kib = bytes / 1024;
  return kib < 1024 ? `${kib.toFixed(1)} KiB` : `${(kib / 1024).toFixed(1)} MiB`;
}
