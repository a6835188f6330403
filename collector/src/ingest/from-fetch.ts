import type { Ingest } from './post.js';

/** The handler as fetch has it: for tests without a port, and for servers that are not node:http. */
export function fromFetch(ingest: Ingest): (request: Request) => Promise<Response> {
  return async (request) => {
    const { status, headers, body } = await ingest({
      method: request.method,
      query: new URL(request.url).searchParams,
      header: (name) => request.headers.get(name) ?? undefined,
      body: request.body ?? nothing(),
    });
    return new Response(body || null, { status, headers });
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
