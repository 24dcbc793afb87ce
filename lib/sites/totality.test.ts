import { describe, expect, it } from 'vitest';
import { parseRefKey, refKey } from '../core/ref.ts';
import { canonicalUrl } from './canonical.ts';
import { named, unnamed } from './fixtures/url-cases.ts';
import { detectUrl, sites } from './index.ts';

const rounds = 24_000;
/** Pieces that break parsers, one per word. */
const nasty = [
  '% %zz %00 %2F %2f %40 %25 %F0%9F %ED%A0%80 / // \\ ? # & = @ : . .. %2e%2e + ; , - _ | é İ ß Σ ﬁ Ǆ シ 👩‍🔬 0 9',
  'video live tag .html self uid/1 1729494515984797858 modal_id=7507673491211029803 product_id=1729494515984797858',
]
  .flatMap((words) => words.split(' '))
  .concat('\u0000', '\ud800', '\udfff', '\uffff', ' ', '\t', '\n', 'e\u0301', '\u200d', '\u202e', 'a'.repeat(300));

/** Mulberry32: the same addresses in every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function createAddresses(count: number): string[] {
  const random = createRandom(20_260_801);
  const pick = (from: readonly string[]) => from[random(from.length)] ?? '';
  const bases = [...named.map(([url]) => url), ...unnamed];
  const edit = (text: string): string => {
    const at = random(text.length + 1);
    const other = pick(bases);
    const edits = [
      () => text.slice(0, at) + pick(nasty) + text.slice(at),
      () => text.slice(0, at) + text.slice(at + 1 + random(4)),
      () => text.slice(0, at) + String.fromCharCode(random(0x10000)) + text.slice(at + 1),
      () => text.slice(0, at) + other.slice(random(other.length + 1)),
      () => text.replace(/^https?:\/\/[^/]*/, other.slice(0, other.indexOf('/', 8))),
      () => text.replace(/\/[^/]*$/, `/${pick(nasty)}${pick(nasty)}`),
      () => (random(2) ? text.toUpperCase() : text.repeat(2)),
    ];
    return edits[random(edits.length)]?.() ?? text;
  };
  return Array.from({ length: count }, () => {
    let text = pick(bases);
    for (let edits = random(4); edits >= 0; edits -= 1) text = edit(text);
    return text;
  });
}

describe('totality', () => {
  const addresses = createAddresses(rounds);

  it(`reads ${rounds} mutated addresses without throwing, and what it names holds`, () => {
    let found = 0;
    let readdressed = 0;
    for (const text of addresses) {
      for (const ref of detectUrl(text)) {
        found += 1;
        expect(parseRefKey(refKey(ref)), text).toEqual(ref);
        expect(ref.id.isWellFormed() && ref.id === ref.id.normalize('NFC'), text).toBe(true);
        const url = canonicalUrl(ref);
        if (url === null) continue;
        readdressed += 1;
        expect(detectUrl(url), text).toEqual([ref]);
        expect(canonicalUrl(ref), text).toBe(new URL(url).href);
      }
    }
    // The mutations must not destroy everything, or the test says nothing.
    expect(found).toBeGreaterThan(rounds / 20);
    expect(readdressed).toBeGreaterThan(found / 2);
  });

  it('gives each site any address, also of others', () => {
    for (const text of addresses) {
      const url = URL.canParse(text) ? new URL(text) : null;
      if (url) for (const site of sites) expect(Array.isArray(site.detect(url))).toBe(true);
    }
  });

  // Far more than they take: what grows with the square of a text's length takes minutes.
  it('reads very long addresses to their end', { timeout: 30_000 }, () => {
    for (const part of ['a', '-1', '/', '%', '%40', '@', '1', 'shop/', '-']) {
      for (const start of ['@', 'music/', 'tag/', 'shop/pdp/', '']) {
        detectUrl(`https://www.tiktok.com/${start}${part.repeat(100_000)}`);
        detectUrl(`https://www.douyin.com/${start}${part.repeat(100_000)}`);
      }
    }
  });
});
