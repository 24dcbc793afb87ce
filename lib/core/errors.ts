/** The closed list of what can go wrong. Retry policy, badge and wording derive from the code, once each. */

export const errorCodes = [
  'auth',
  'not_found',
  'removed',
  'private',
  'region_blocked',
  'rate_limited',
  'quota_exhausted',
  'permission',
  'bad_request',
  'upstream',
  'network',
  'timeout',
  'schema',
  'storage_full',
  'unsupported',
  'cancelled',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

const retryableCodes: ReadonlySet<ErrorCode> = new Set(['rate_limited', 'upstream', 'network', 'timeout']);

/** How an error crosses a message or a store: plain data, no stack, no credential. */
export interface WireError {
  readonly code: ErrorCode;
  /** English, for logs and developers; people read the message of `advice` or of the code in their own language. */
  readonly message: string;
  /** Key of the message that explains this very case (`error_gateway_4013`); null: the message of the code. */
  readonly advice: string | null;
  /** Values for the placeholders of that message. */
  readonly parameters: readonly string[];
  readonly provider: string | null;
  /** The provider's own code, as text ("4013"). Codes of different providers never share a meaning. */
  readonly upstreamCode: string | null;
  /** The provider's own words, redacted. */
  readonly upstreamMessage: string | null;
  readonly retryable: boolean;
  /** Unix ms before which trying again is useless; null: unknown. */
  readonly retryAt: number | null;
}

export type AppErrorDetails = Partial<Omit<WireError, 'code' | 'message'>>;

/** An error that someone can act on. Its texts never include a credential: see redaction.ts. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: AppErrorDetails;

  constructor(code: ErrorCode, message: string, details: AppErrorDetails = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }

  get retryable(): boolean {
    return this.details.retryable ?? retryableCodes.has(this.code);
  }

  toWire(): WireError {
    return {
      code: this.code,
      message: this.message,
      advice: this.details.advice ?? null,
      parameters: this.details.parameters ?? [],
      provider: this.details.provider ?? null,
      upstreamCode: this.details.upstreamCode ?? null,
      upstreamMessage: this.details.upstreamMessage ?? null,
      retryable: this.retryable,
      retryAt: this.details.retryAt ?? null,
    };
  }
}

/** Anything thrown, as an AppError: what is not one of ours is `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new AppError('internal', text);
}
