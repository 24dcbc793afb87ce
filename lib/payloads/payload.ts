/** The contract of one upstream JSON shape: it is recognised by its content, and reading it never throws. */
import type { RecordOrigin } from '../core/record-factory.ts';
import type { AnyRecord, Availability, Provenance } from '../core/record.ts';
import type { Platform } from '../core/ref.ts';

/** What is known of an answer besides its content. */
export interface PayloadContext {
  readonly collectedVia: Provenance['collected_via'];
  /** Provider id; null for what a page carried or a person saved. */
  readonly provider: string | null;
  /** `gateway/item_get_video`; null where it is unknown. */
  readonly endpoint: string | null;
  /** Address of the open page without its query; null outside a page. */
  readonly pageUrl: string | null;
  /** Unix ms at which we got the answer. */
  readonly fetchedAt: number;
  /** The platform that was asked, where that is known; otherwise the content decides. */
  readonly platform?: Platform;
  /** The language that was asked for, as the provider calls it (`cn`, `en`, `ru`). */
  readonly language?: string;
  /** Told of every record and of the part of the answer that it was read from. */
  readonly made?: (record: AnyRecord, raw: unknown) => void;
}

/** What an answer says where it holds no record: "2000 item-not-found 没找到". */
export interface AnswerStatus {
  /** The upstream's own code as text; null where it has none. */
  readonly code: string | null;
  /** The upstream's own words. */
  readonly message: string;
  /** What that means for the thing that was asked for; null where the code says nothing of it. */
  readonly availability?: Availability | null;
}

export interface Payload {
  /** Equals the file's name. */
  readonly id: string;
  /** Whether this is an answer of this shape, also one that holds no record. */
  readonly recognises: (json: unknown) => boolean;
  /** The records in the answer's order. Only an id is needed; whatever is missing or unreadable is null with a reason. */
  readonly read: (json: unknown, context: PayloadContext) => readonly AnyRecord[];
  /** What an answer without records says; null where it says nothing. */
  readonly status?: (json: unknown) => AnswerStatus | null;
}

/** Declares a payload. */
export function definePayload(payload: Payload): Payload {
  return payload;
}

const dayMs = 86_400_000;
const earliest = Date.UTC(2014, 0, 1);

/** An upstream's clock may differ from ours by so much (ms) without saying anything else than "now". */
const clockToleranceMs = 60_000;

/** Whether an upstream clock is believable: not before the platforms, not after tomorrow. */
function isBelievable(time: number | null | undefined, fetchedAt: number): time is number {
  return typeof time === 'number' && time >= earliest && time <= fetchedAt + dayMs;
}

/**
 * When an answer was observed (Unix ms): when the upstream says; without that a live one when it arrived, and of a saved one
 * nobody knows. What a page loads is dated by our clock, as what it came with is, unless the upstream's says that it is an
 * old answer: by two clocks of which one is some seconds slow, the first would be the newest.
 */
function observedAt({ collectedVia, fetchedAt }: PayloadContext, answeredAt: number | null): number | null {
  const told = isBelievable(answeredAt, fetchedAt) ? answeredAt : null;
  if (collectedVia === 'import') return told;
  const isNow = told === null || (collectedVia !== 'api' && Math.abs(fetchedAt - told) <= clockToleranceMs);
  return isNow ? fetchedAt : told;
}

/**
 * The origin of an answer's records. `answeredAt` (Unix ms): when the upstream saw them, by its own clock. `raw`: the part
 * of the answer that the record is made of, for `context.made`.
 */
export function originOf(
  context: PayloadContext,
  platform: Platform,
  figureSource: string,
  answeredAt: number | null = null,
  raw?: unknown,
): RecordOrigin {
  const { made } = context;
  return {
    platform,
    figureSource: context.provider ? `api:${context.provider}` : figureSource,
    provenance: {
      collected_via: context.collectedVia,
      api_provider: context.provider,
      api_endpoint: context.endpoint,
      collected_from_url: context.pageUrl,
      observed_at: observedAt(context, answeredAt),
      fetched_at: context.fetchedAt,
      raw_sha256: null,
    },
    ...(made && raw !== undefined ? { made: (record: AnyRecord) => made(record, raw) } : {}),
  };
}
