import type { Ingest } from './post.js';

/** The handler as fetch has it: for tests without a port, and for servers that are not node:http. */
export function fromFetch(
  ingest: Ingest,
  queryOf = ({ searchParams }: URL) => searchParams,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const { status, headers, body } = await ingest({
      method: request.method,
      query: queryOf(new URL(request.url)),
      header: (name) => request.headers.get(name) ?? undefined,
      body: request.body ?? nothing(),
    });
    return new Response(body || null, { status, headers });
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
