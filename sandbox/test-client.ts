import { Agent, request } from 'node:https';
import { Readable } from 'node:stream';

export interface TestAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
  text: string;
}

/** Asks the sandbox at that port as if it were the host of the address. */
export function ask(
  port: number,
  address: string,
  options: { method?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<TestAnswer> {
  const url = new URL(address);
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        path: url.pathname + url.search,
        method: options.method ?? 'GET',
        headers: { host: url.host, ...options.headers },
        servername: url.host,
        rejectUnauthorized: false,
        agent: false,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const bytes = Buffer.concat(chunks);
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes, text: bytes.toString('utf8') });
        });
      },
    );
    asked.on('error', reject);
    asked.end(options.body);
  });
}

const answersWithoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * A stand-in for `fetch` that leads every address to the sandbox at that port, over HTTPS and with connections that are
 * kept, as a browser does with its host rules. Redirects are handed out, not followed.
 */
export function createSandboxFetch(port: number): { fetch: typeof fetch; close: () => void } {
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  // Node lets go of the controller behind a request's signal together with the request: collected while its answer was
  // still under way, the request could not be aborted any more.
  const underWay = new Set<readonly unknown[]>();
  return {
    close: () => agent.destroy(),
    fetch: async (input, init) => {
      const wanted = new Request(input, init);
      const url = new URL(wanted.url);
      const body = Buffer.from(await wanted.arrayBuffer());
      const requests = [input, wanted];
      underWay.add(requests);
      return new Promise((resolve, reject) => {
        const asked = request(
          {
            host: '127.0.0.1',
            port,
            path: url.pathname + url.search,
            method: wanted.method,
            headers: { ...Object.fromEntries(wanted.headers), host: url.host },
            servername: url.hostname,
            agent,
            signal: wanted.signal,
          },
          (answer) => {
            const status = answer.statusCode ?? 0;
            const headers = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
              values.map((value): [string, string] => [name, value]),
            );
            const stream = answersWithoutBody.has(status)
              ? null
              : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
            resolve(new Response(stream, { status, headers }));
          },
        );
        asked.on('error', reject);
        asked.on('close', () => underWay.delete(requests));
        asked.end(body.length > 0 ? body : undefined);
      });
    },
  };
}
