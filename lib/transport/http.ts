/** The only place with network. One request, one answer: which answers mean what is the provider's to say. */
import ky, { isKyError, TimeoutError } from 'ky';
import { AppError, redact } from '../core/errors.ts';
import type { Clock, Http, HttpRequest } from '../core/ports.ts';

/** An API answer above this size is refused: the largest real one seen is 1.4 MB (2026-11). */
export const maximumBodyBytes = 8 * 1024 * 1024;

async function readBody(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = (response.body ?? new Blob().stream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > maximumBodyBytes) {
      await reader.cancel();
      throw new AppError('upstream', `The answer is larger than ${maximumBodyBytes} bytes.`, {
        advice: 'error_answer_too_large',
        parameters: [String(maximumBodyBytes / 1024 / 1024)],
        retryable: false,
      });
    }
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
 */
export function createHttp(clock: Pick<Clock, 'now'>): Http {
  return async (request: HttpRequest) => {
    try {
      const response = await ky(request.url, {
        method: request.method,
        ...(request.headers ? { headers: request.headers } : {}),
        ...(request.body === undefined ? {} : { body: request.body }),
        ...(request.signal ? { signal: request.signal } : {}),
        timeout: request.timeoutMs,
        retry: 0,
        throwHttpErrors: false,
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        redirect: 'manual',
      });
      if (response.type === 'opaqueredirect') {
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
      if (error instanceof AppError) throw error;
      throw describeFailure(error, request);
    }
  };
}

function describeFailure(error: unknown, request: HttpRequest): AppError {
  const host = URL.canParse(request.url) ? new URL(request.url).host : '';
  if (error instanceof TimeoutError) {
    return new AppError('timeout', `${host} did not answer within ${request.timeoutMs} ms.`, {
      parameters: [host, String(Math.round(request.timeoutMs / 1000))],
    });
  }
  if (request.signal?.aborted)
    return new AppError('cancelled', `The call to ${host} was cancelled.`, { parameters: [host] });
  // fetch says no more than "Failed to fetch": DNS, refused connection, bad certificate and offline look alike.
  const reason = isKyError(error) && error.cause instanceof Error ? error.cause.message : String(error);
  return new AppError('network', redact(`${host} could not be reached: ${reason}`, request.secrets), {
    parameters: [host],
  });
}
