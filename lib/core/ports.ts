/** What the inside needs from the outside. The adapters are in lib/transport, lib/storage and lib/app. */

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute; may carry a credential in its query, so it is never logged. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sent as the body, instead of a text. */
  readonly file?: Blob;
  readonly timeoutMs: number;
  /** Texts that must not appear in any error that this request leads to. */
  readonly secrets: readonly string[];
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undecoded: some gateways label GBK as UTF-8. */
  readonly body: Uint8Array;
  /** Unix ms at which the answer had arrived. */
  readonly receivedAt: number;
}

/**
 * Sends one request. Any HTTP status is an answer, since providers explain themselves in bodies of every status.
 * Throws AppError `network`, `timeout`, `cancelled` or `upstream` (too large, redirected to another host) only.
 */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

export interface Clock {
  /** Unix ms. */
  now(): number;
}

/** A clock that can be waited on: every pause of the transport goes through it, so that tests can make time run. */
export interface WaitingClock extends Clock {
  /** Resolves after so many ms; rejects with AppError `cancelled` as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
