/**
 * The texts that records were read from: scrubbed, hashed, and handed on with the observation that is made of the record.
 * Which part of an answer a record comes from is remembered for as long as the record itself, so that whoever shares an
 * answer with another call has its text as well.
 */
import { type Observation, toObservation } from '../core/observation.ts';
import type { AnyRecord } from '../core/record.ts';
import { redactCredentials } from '../core/redaction.ts';
import { scrub } from '../core/scrub.ts';

interface Part {
  readonly raw: unknown;
  /** Texts that must not be in it. */
  readonly secrets: readonly string[];
}

const parts = new WeakMap<AnyRecord, Part>();

/** Remembers which part of an answer a record was read from. */
export function noteRaw(record: AnyRecord, raw: unknown, secrets: readonly string[] = []): void {
  parts.set(record, { raw, secrets });
}

interface Text {
  readonly text: string;
  /** Hex. */
  readonly hash: string;
}

async function textOf({ raw, secrets }: Part): Promise<Text> {
  const scrubbed = JSON.stringify(scrub(raw)) ?? 'null';
  const text = secrets.length === 0 ? scrubbed : redactCredentials(scrubbed, secrets);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return { text, hash: [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
}

/** What is to be done with the records of one answer. */
export interface Observing {
  /** Whether their texts are kept with them. */
  readonly keepRaw: boolean;
  /** What the observations say besides the records: the page that was open. */
  readonly pageUrl?: string | null;
}

/** The observations that records are, in their order. Several records may be read from the same part, which is scrubbed once. */
export function observeAll(records: readonly AnyRecord[], { keepRaw, pageUrl }: Observing): Promise<Observation[]> {
  const texts = new Map<unknown, Promise<Text>>();
  return Promise.all(
    records.map(async (record) => {
      const placed = pageUrl === undefined ? record : { ...record, collected_from_url: pageUrl };
      const part = keepRaw ? parts.get(record) : undefined;
      if (!part) return toObservation(placed);
      const made = texts.get(part.raw) ?? textOf(part);
      texts.set(part.raw, made);
      const { text, hash } = await made;
      return toObservation({ ...placed, raw_sha256: hash }, text);
    }),
  );
}

/** An observation whose text is not to be kept. */
export function withoutRaw({ raw: _raw, ...observation }: Observation): Observation {
  return { ...observation, record: { ...observation.record, raw_sha256: null } };
}
