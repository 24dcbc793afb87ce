/** The pure core against a rival that does the least that could possibly do. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { newList, showItems, type ShownItem } from '../lib/app/page-list.ts';
import { detectUrl, siteFor } from '../lib/sites/index.ts';
import { signingSchemes } from '../lib/signing/canonical.ts';
import { timed, timedAgainst } from './median.ts';
import { readerBenches } from './readers.ts';
import type { Measurement } from './run.ts';

function ratio(name: string, own: number, rival: string, other: number, atMost: number): Measurement {
  return { name, value: own / other, unit: '×', limit: { text: `at most ${atMost} × ${rival}`, atMost } };
}

/** A list of 2,000 items that the page shows again, ten of them new: within two frames of 60 a second. */
function mergeBench(): Measurement {
  const rounds = 10;
  const items = Array.from(
    { length: 2_000 },
    (_item, index): ShownItem => ({ ref: `tiktok:post:${index}`, role: 'tile', hook: 'user-post-item' }),
  );
  const context = { type: 'profile', query: 'someone', tab: null, personalised: null } as const;
  const empty = newList('tiktok profile', { url: 'https://www.tiktok.com/@someone', context, subject: null });
  const known = showItems(empty, items.slice(0, 1_990), 1);
  const ms = timed(() => {
    for (let round = 0; round < rounds; round++) showItems(known, items, round + 2);
  });
  const limit = { text: 'at most 30 ms, median of five', atMost: 30 };
  return { name: 'merge 2,000 items of a page into its list', value: ms / rounds, unit: 'ms', limit };
}

export function pureBenches(): Measurement[] {
  const urls = Array.from(
    { length: 5_000 },
    (_, index) =>
      `https://www.tiktok.com/@person.${index}/video/74123456789012${String(index).padStart(5, '0')}?lang=en`,
  );
  const parameters = {
    key: 'k',
    video_id: '7412345678901234567',
    need_product: 1,
    need_music: 1,
    timestamp: 1_763_690_000_000,
  };
  const text = 'key=k&need_music=1&need_product=1&timestamp=1763690000000&video_id=7412345678901234567&secret=s';
  const html = readFileSync(join(import.meta.dirname, '..', 'lib/sites/fixtures/tiktok-feed.html'), 'utf8');
  const { document } = parseHTML(html);
  const url = new URL('https://www.tiktok.com/foryou');
  const site = siteFor(url);
  const repeat = (times: number, run: () => unknown) => () => {
    for (let round = 0; round < times; round++) run();
  };
  return [
    {
      name: 'detect 5,000 URLs, 20 times',
      // One round of the rival takes 2 ms, which a pause of the collector doubles.
      value: timedAgainst(
        repeat(20, () => urls.map((address) => detectUrl(address))),
        repeat(20, () => urls.map((address) => new URL(address))),
      ),
      unit: '×',
      limit: { text: 'at most 16 × new URL() of the same', atMost: 16 },
    },
    ratio(
      'items of a feed page, 200 times',
      timed(repeat(200, () => site?.items(document, url))),
      "querySelectorAll('*') of the same page",
      timed(repeat(200, () => [...document.querySelectorAll('*')])),
      20,
    ),
    ratio(
      'sign md5-urlencode-secret, 5,000 times',
      timed(repeat(5_000, () => signingSchemes['md5-urlencode-secret'].sign(parameters, 's'))),
      'the bare MD5 of node:crypto over the ready text',
      timed(repeat(5_000, () => createHash('md5').update(text).digest('hex'))),
      40,
    ),
    ...readerBenches(),
    mergeBench(),
  ];
}
