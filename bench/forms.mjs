// What everybody's posts look like.
import { gunzipSync } from 'node:zlib';

/** The errors that a body reports, by the form of each subject's own; what stands in breadcrumbs is no report. */
const FORMS = [
  // A visit that begins is posted too, and is no report.
  [/^\/logs/, (text) => JSON.parse(text).logs.flatMap(({ exception }) => exception?.message ?? [])],
  [
    /\/envelope/,
    (text) =>
      [...text.matchAll(/^\{"type":"event".*\n(.*)$/gm)].map(
        ([, event]) => JSON.parse(event).exception.values[0].value,
      ),
  ],
  [/^\/collect/, (text) => JSON.parse(text).exceptions?.map(({ value }) => value) ?? []],
  [/^\/notify/, (text) => JSON.parse(text).events.map(({ exceptions }) => exceptions[0].errorMessage)],
  [/^\/v1\/notices/, (text) => [JSON.parse(text).error.message]],
  [
    /^\/api\/1\/item/,
    (text) => {
      const { trace, trace_chain: [first] = [] } = JSON.parse(text).data.body;
      return [(trace ?? first)?.exception.message];
    },
  ],
  [/^\/entries/, (text) => [JSON.parse(text).Details.Error.Message]],
];

/** Texts of the errors that are reported to `path`. */
export const messagesIn = (path, text) => FORMS.find(([form]) => form.test(path))?.[1](text) ?? [];

export async function textOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString();
}

/** Whoever asks may post, and read the answer. */
export function allowOrigin({ headers }, response) {
  response.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*');
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Access-Control-Allow-Headers', headers['access-control-request-headers'] ?? '*');
}
