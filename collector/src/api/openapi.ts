// The description of what the collector takes, for people and generators of clients: OpenAPI 3.0.
import {
  API_VERSION,
  HEADER_APP_SECRET,
  HEADER_INSTALL_ID,
  HEADER_RETRY_AFTER_MS,
  QUERY_APP_SECRET,
  QUERY_INSTALL_ID,
  type Schema,
  schemas,
} from '../wire.js';

/** Where App Center had its own: its documents link to it. */
export const OPENAPI_PATH = '/preview/swagger.json';

const ID = { type: 'string', format: 'uuid' };
const IDS = { type: 'array', items: ID };

const answer: Schema = {
  type: 'object',
  required: ['status', 'validDiagnosticsIds', 'throttledDiagnosticsIds', 'correlationId'],
  properties: {
    status: { type: 'string', description: '`Success`, or why the whole post is not taken.' },
    validDiagnosticsIds: { ...IDS, description: 'Reports and attachments that are committed to disk.' },
    throttledDiagnosticsIds: { ...IDS, description: 'Those that may be posted again later.' },
    correlationId: ID,
    faults: {
      type: 'array',
      items: { type: 'string' },
      description: 'For a person: what is wrong, and where.',
    },
  },
};

const parameters = [
  { name: 'api-version', in: 'query', schema: { type: 'string', example: API_VERSION } },
  { name: HEADER_APP_SECRET, in: 'header', schema: ID, description: 'The secret of the app.' },
  {
    name: HEADER_INSTALL_ID,
    in: 'header',
    schema: ID,
    description: 'Who sends: one installation, one browser.',
  },
  { name: QUERY_APP_SECRET, in: 'query', schema: ID, description: 'For beacons, which have no headers.' },
  { name: QUERY_INSTALL_ID, in: 'query', schema: ID, description: 'For beacons, which have no headers.' },
];

/** The document. `version` is the program's, `maxLogs` how many one post may have. */
export function toOpenApi(version: string, maxLogs: number): Schema {
  const logs = schemas();
  const types = Object.keys(logs).filter((name) => name !== 'Exception');
  const body = { schema: { $ref: '#/components/schemas/LogContainer' } };
  return {
    openapi: '3.0.3',
    info: {
      title: 'Crashpost ingestion',
      version,
      description:
        'Takes what the SDKs of Visual Studio App Center and crashpost post. Keys in any case, unknown fields and ' +
        'types, gzip, a BOM and trailing commas are taken too; a log with faults is kept, and its faults are named.',
    },
    paths: {
      '/logs': {
        post: {
          operationId: 'postLogs',
          summary: `Takes up to ${maxLogs.toLocaleString('en')} logs; below any path, and with any api-version.`,
          parameters,
          requestBody: { required: true, content: { 'application/json': body, 'text/plain': body } },
          responses: responses(),
        },
      },
    },
    components: { schemas: { ...logs, LogContainer: containerOf(types), Answer: answer } },
  };
}

function containerOf(types: readonly string[]): Schema {
  const refs = types.map((type) => [type, `#/components/schemas/${type}`] as const);
  const items = {
    anyOf: refs.map(([, $ref]) => ({ $ref })),
    discriminator: { propertyName: 'type', mapping: Object.fromEntries(refs) },
  };
  return { type: 'object', required: ['logs'], properties: { logs: { type: 'array', minItems: 1, items } } };
}

const MEANINGS: Readonly<Record<string, string>> = {
  200: 'Read. Each report and attachment stands in one of the lists, or has a fault.',
  400: 'Not JSON, not even leniently; or not whole, or not in the encoding that is named.',
  401: 'The secret of no app.',
  403: 'The app is disabled, or does not take posts from this origin.',
  405: 'Neither POST nor OPTIONS.',
  408: 'The body did not arrive in time: post again.',
  413: 'Too large, or too many logs.',
  415: 'An encoding that is neither gzip nor deflate.',
  503: 'Nothing was lost, and nothing stored: post again after the time in the header.',
};

function responses(): Schema {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Answer' } } };
  const headers = {
    [HEADER_RETRY_AFTER_MS]: { schema: { type: 'integer' }, description: 'Milliseconds.' },
  };
  return Object.fromEntries(
    Object.entries(MEANINGS).map(([status, description]) => [
      status,
      { description, content, ...(status === '503' && { headers }) },
    ]),
  );
}
