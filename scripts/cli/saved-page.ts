/** Reads what a saved page carries, as the extension does in the browser. */
import { parseHTML } from 'linkedom';
import type { EmbeddedBlock } from '../../lib/core/page-data.ts';
import type { AnyRecord } from '../../lib/core/record.ts';
import { type BlockAnswer, readBlocks } from '../../lib/payloads/embedded.ts';
import type { PayloadContext } from '../../lib/payloads/payload.ts';
import { detectUrl, siteFor, sites } from '../../lib/sites/index.ts';
import type { Site } from '../../lib/sites/site.ts';

/** Whether a text is a page and not an answer. */
export function isPage(text: string): boolean {
  return /^\uFEFF?\s*<[!?a-z]/iu.test(text);
}

interface Address {
  readonly href: string;
  readonly site: Site;
}

function known(address: string | null | undefined): Address | null {
  const url = address && URL.canParse(address) ? new URL(address) : null;
  const site = url && (url.protocol === 'https:' || url.protocol === 'http:') ? siteFor(url) : null;
  return url && site ? { href: url.href, site } : null;
}

export interface SavedPage {
  /** The address that was given, or else the one that the page names as its own; null where no site of ours is named. */
  readonly address: string | null;
  /** Whether that is the one that was given. */
  readonly isGiven: boolean;
  readonly blocks: readonly EmbeddedBlock[];
}

/** The blocks of a page's HTML. `given`: the address that it was saved from, where that is known. */
export function readPage(html: string, given: string | undefined): SavedPage {
  const { document } = parseHTML(html);
  const asked = known(given);
  const address =
    asked ??
    known(document.querySelector('link[rel="canonical"]')?.getAttribute('href')) ??
    known(document.querySelector('meta[property="og:url"]')?.getAttribute('content'));
  const found = (address ? [address.site] : sites).flatMap((site) => [...site.embedded(document)]);
  const blocks = new Map(found.map((block) => [block.block, block]));
  return { address: address?.href ?? null, isGiven: asked !== null, blocks: [...blocks.values()] };
}

export interface PageAnswer {
  readonly answers: readonly BlockAnswer[];
  readonly records: readonly AnyRecord[];
  /** How many records were left out because they are about whoever was logged in. */
  readonly withheld: number;
}

/** Whether a record is about an account, or by it. */
function isOf(account: ReadonlySet<string>, record: AnyRecord): boolean {
  return ['author_id', 'author_sec_id', 'author_handle'].some((field) => {
    const value: unknown = Reflect.get(record, field);
    return typeof value === 'string' && account.has(value.toLowerCase());
  });
}

/** What a page's blocks say. Staleness is judged only by an address that was given: a page may name another as its own. */
export function readPageBlocks({ blocks }: SavedPage, given: string | undefined, context: PayloadContext): PageAnswer {
  const page = known(given) ? { refs: detectUrl(given ?? '') } : null;
  const answers = readBlocks(blocks, page, context);
  const viewer = new Set(answers.flatMap((answer) => answer.viewer).map((name) => name.toLowerCase()));
  const all = answers.flatMap(({ records }) => records);
  const records = all.filter((record) => !isOf(viewer, record));
  return { answers, records, withheld: all.length - records.length };
}
