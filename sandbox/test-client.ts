import { request } from 'node:https';

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
