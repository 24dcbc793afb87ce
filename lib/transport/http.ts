/** The only place with network. One request, one answer: which answers mean what is the provider's to say. */
import ky from 'ky';
import { AppError } from '../core/errors.ts';
import type { Http, HttpRequest, WaitingClock } from '../core/ports.ts';

/** An API answer above this size is refused: the largest real one seen is 1.4 MB (2026-11). */
export const maximumBodyBytes = 8 * 1024 * 1024;

function tooLarge(): AppError {
  return new AppError('upstream', `The answer is larger than ${maximumBodyBytes} bytes.`, {
    advice: 'error_answer_too_large',
    parameters: [String(maximumBodyBytes / 1024 / 1024)],
    retryable: false,
  });
}

/** The body's bytes as they come out of any compression, so that a small packed answer cannot grow without end. */
async function readBody(response: Response): Promise<Uint8Array> {
  if (Number(response.headers.get('content-length') ?? 0) > maximumBodyBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = (response.body ?? new Blob().stream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > maximumBodyBytes) throw tooLarge();
    chunks.push(value);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return body;
}

/**
 * Makes the Http port over ky. ky's own retry is off: whether a paid call may be repeated is decided by the error's
 * code. No cookies, no referrer, no browser cache, and no redirects, which would carry a key to another address.
 * The time limit is ours as well: ky's ends with the headers, and a server may send those and then fall silent.
 */
export function createHttp(clock: WaitingClock): Http {
  return async (request: HttpRequest) => {
    const limit = new AbortController();
    const done = new AbortController();
    void clock.sleep(request.timeoutMs, done.signal).then(
      () => limit.abort(),
      () => undefined,
    );
    try {
      const response = await ky(request.url, {
        method: request.method,
        ...(request.headers ? { headers: request.headers } : {}),
        ...(request.body === undefined ? {} : { body: request.body }),
        ...(request.file ? { body: request.file } : {}),
        signal: request.signal ? AbortSignal.any([request.signal, limit.signal]) : limit.signal,
        timeout: false,
        retry: 0,
        throwHttpErrors: false,
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        redirect: 'manual',
      });
      // Browsers hide a redirect that is not followed, other engines hand it out.
      if (response.type === 'opaqueredirect' || (response.status >= 300 && response.headers.has('location'))) {
        throw new AppError('upstream', 'The server redirected the call; it was not followed.', {
          advice: 'error_redirected',
          retryable: false,
        });
      }
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await readBody(response),
        receivedAt: clock.now(),
      };
    } catch (error) {
      throw error instanceof AppError ? error : describeFailure(error, request, limit.signal.aborted);
    } finally {
      done.abort();
      // Whatever of the answer is still under way is not wanted any more.
      limit.abort();
    }
  };
}

function describeFailure(error: unknown, request: HttpRequest, isTooLate: boolean): AppError {
  const host = URL.canParse(request.url) ? new URL(request.url).host : '';
  if (request.signal?.aborted) {
    return new AppError('cancelled', `The call to ${host} was cancelled.`, { parameters: [host] });
  }
  if (isTooLate) {
    return new AppError('timeout', `${host} did not answer within ${request.timeoutMs} ms.`, {
      parameters: [host, String(Math.round(request.timeoutMs / 1000))],
    });
  }
  // The name only: messages of ky and of some engines quote the address, which may carry a key. fetch would say no more
  // than "Failed to fetch" anyway: DNS, refused connection, bad certificate and offline look alike.
  const reason = error instanceof Error ? error.name : typeof error;
  return new AppError('network', `${host} could not be reached (${reason}).`, { parameters: [host] });
}
