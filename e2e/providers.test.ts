/** Every base API in real Chromium: its key typed into the options, one lookup by a click, and what came in panel and file. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { Entry, PageState } from '../lib/messaging/protocol.ts';
import { readCsv } from './harness/reading.ts';
import { eventually, type Session, startSession } from './harness/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
  // What is asked is asked by a click here, so that each call has one cause.
  await session.ask('settings.change', { automaticLookup: false });
});
afterAll(() => session?.close());

interface Case {
  readonly provider: string;
  readonly name: string;
  /** What is typed into the form, by field; empty: it needs no key. */
  readonly typed: () => Readonly<Record<string, string>>;
  readonly origins: readonly string[];
  readonly url: () => string;
  readonly ref: () => string;
  /** `api_endpoint` of the record. */
  readonly endpoint: RegExp;
  readonly table: 'posts' | 'products' | 'authors';
  /** Cells that the row must have. */
  readonly cells: () => Readonly<Record<string, string>>;
  /** What the panel must show. */
  readonly shown: () => string;
  /** The page carries the thing as well: the panel names both, and the record's own provenance may be either's. */
  readonly merged?: boolean;
  /** A person agrees on a screen in a tab, instead of a test of the key. */
  readonly consent?: boolean;
}

const ids = () => session.sandbox.world.ids;
const keys = () => session.sandbox.credentials;
const count = (value: number | null | undefined): string => new Intl.NumberFormat('en').format(value ?? Number.NaN);
const tiktokVideo = () => session.sandbox.world.post(ids().tiktok.video);
const douyinVideo = () => session.sandbox.world.post(ids().douyin.video);
const otherProduct = () =>
  session.sandbox.world.products.find(
    ({ id, platform, status }) => platform === 'douyin' && status === 'on_sale' && id !== ids().douyin.product,
  );

const onTiktokVideo = {
  url: () => `https://www.tiktok.com/@${tiktokVideo()?.author.handle}/video/${ids().tiktok.video}`,
  ref: () => `tiktok:post:${ids().tiktok.video}`,
  table: 'posts',
  shown: () => count(tiktokVideo()?.counts.likes),
  cells: () => ({ post_id: ids().tiktok.video, like_count: String(tiktokVideo()?.counts.likes) }),
} as const;
/** On a page that carries nothing but the product's id. */
function onDouyinProduct(id: () => string) {
  return {
    url: () => `https://buyin.jinritemai.com/dashboard/merch-picking-library/merch-promoting?id=${id()}`,
    ref: () => `douyin:product:${id()}`,
    table: 'products',
    shown: id,
    cells: () => ({ product_id: id(), currency: 'CNY' }),
  } as const;
}

const cases: readonly Case[] = [
  {
    provider: 'key-secret',
    name: '1 key-secret',
    typed: () => ({ ...keys().keySecret }),
    origins: ['https://gateway.keysecret.test'],
    endpoint: /^key-secret\/item_get_video$/u,
    ...onTiktokVideo,
  },
  {
    provider: 'bearer',
    name: '2 bearer',
    typed: () => ({ ...keys().bearer }),
    origins: ['https://api.bearer.test'],
    endpoint: /^bearer\//u,
    ...onTiktokVideo,
  },
  {
    provider: 'gateway',
    name: '3 gateway video',
    typed: () => ({ ...keys().gateway }),
    origins: ['https://api-gw.onebound.cn'],
    url: () => `https://www.douyin.com/video/${ids().douyin.video}`,
    ref: () => `douyin:post:${ids().douyin.video}`,
    endpoint: /^gateway\/item_get_video$/u,
    table: 'posts',
    shown: () => douyinVideo()?.author.name ?? '',
    cells: () => ({ post_id: ids().douyin.video }),
    merged: true,
  },
  {
    provider: 'gateway',
    name: '4 gateway product',
    typed: () => ({ ...keys().gateway }),
    origins: ['https://api-gw.onebound.cn'],
    endpoint: /^gateway\/item_get$/u,
    ...onDouyinProduct(() => ids().douyin.product),
  },
  {
    provider: 'open-platform',
    name: '5 open-platform product',
    typed: () => ({ ...keys().openPlatform }),
    origins: ['https://open.douyin.com'],
    endpoint: /^open-platform\//u,
    // Another one: what the gateway said of the first is remembered.
    ...onDouyinProduct(() => otherProduct()?.id ?? ''),
  },
  {
    provider: 'tiktok-official',
    name: '6 TikTok official',
    typed: () => ({ ...keys().tiktokOfficial }),
    origins: ['https://open.tiktokapis.com', 'http://127.0.0.1'],
    endpoint: /^tiktok-official\//u,
    consent: true,
    ...onTiktokVideo,
  },
  {
    provider: 'tiktok-research',
    name: '7 TikTok Research API',
    typed: () => ({ ...keys().tiktokResearch }),
    origins: ['https://open.tiktokapis.com'],
    endpoint: /^tiktok-research\//u,
    ...onTiktokVideo,
  },
  {
    provider: 'tikhub',
    name: '8 TikHub',
    typed: () => ({ ...keys().tikhub }),
    origins: ['https://api.tikhub.io'],
    endpoint: /^tikhub\//u,
    ...onTiktokVideo,
  },
  {
    provider: 'oembed',
    name: '9 oEmbed',
    typed: () => ({}),
    origins: [],
    endpoint: /^oembed/u,
    ...onTiktokVideo,
    cells: () => ({ post_id: ids().tiktok.video }),
    shown: () => tiktokVideo()?.author.name ?? '',
  },
];

/** The typed fields that are secret; the others are names and addresses, which a file may hold. */
const secretField = /key|secret|token/iu;

async function openOptions(): Promise<Page> {
  const options = await session.browser.openSurface('options');
  await options.getByTestId('options').waitFor();
  return options;
}

/** Types a key in, has it tested by one real call, and saves it. */
async function typeIn(given: Case): Promise<void> {
  for (const origin of given.origins) await session.allow(origin);
  const options = await openOptions();
  const card = options.getByTestId(`provider-${given.provider}`);
  if ((await card.getAttribute('open')) === null) await options.getByTestId(`open-${given.provider}`).click();
  const typed = given.typed();
  for (const [name, value] of Object.entries(typed)) await card.locator(`[name="${name}"]`).fill(value);
  if (!given.consent) {
    await options.getByTestId(`test-${given.provider}`).click();
    await options
      .getByTestId(`outcome-${given.provider}`)
      .getByText(/Accepted/u)
      .waitFor();
  }
  if (Object.keys(typed).length > 0) {
    await options.getByTestId(`save-${given.provider}`).click();
    await eventually(
      () => session.ask<readonly { provider: string; saved: boolean }[]>('credential.list', {}),
      (states) => states.some(({ provider, saved }) => provider === given.provider && saved),
    );
  }
  if (given.consent) await agree(options, given.provider);
  await options.close();
}

/** Logs in as a person does: the button, the screen of the platform, and the card that says so. */
async function agree(options: Page, provider: string): Promise<void> {
  const opened = session.browser.context.waitForEvent('page');
  await options.getByTestId(`login-begin-${provider}`).click();
  const screen = await opened;
  const closed = screen.waitForEvent('close');
  await screen.getByRole('button', { name: 'Authorise' }).click({ noWaitAfter: true });
  await closed;
  await options
    .getByTestId(`provider-${provider}`)
    .getByText(/Logged in/u)
    .first()
    .waitFor();
}

async function openItem(given: Case): Promise<{ page: Page; tabId: number }> {
  const page = await session.open(given.url());
  // What the page itself loads comes first, so that the API's answer is the newer one.
  await page.waitForLoadState('networkidle');
  await page.bringToFront();
  const tabId = await session.browser.tabId(page);
  await eventually(
    () => session.ask<PageState | null>('page.get', { tabId }),
    (now) => now?.current === given.ref(),
  );
  if (given.merged) {
    await eventually(
      () => session.ask<readonly Entry[]>('record.get', { refs: [given.ref()], tabId }),
      ([entry]) => entry?.record?.collected_via === 'page_xhr',
    );
  }
  return { page, tabId };
}

afterEach(async () => {
  for (const provider of new Set(cases.map(({ provider }) => provider))) {
    if (provider !== 'oembed') await session.ask('credential.delete', { provider });
  }
  await session.ask('cache.clear', {});
});

describe.each(cases.map((given) => [given.name, given] as const))('%s', (_name, given) => {
  it('key typed in → tested → saved → one lookup → panel → CSV', async () => {
    await typeIn(given);
    const { page, tabId } = await openItem(given);
    const calls = session.sandbox.calls.length;
    const entry = await session.ask<Entry>('record.lookup', { ref: given.ref(), refresh: true, tabId });
    expect(entry.error).toBeNull();
    expect(entry.status).toBe('fresh');
    const made = session.sandbox.calls.slice(calls).filter(({ apiName }) => apiName !== 'client_credentials');
    expect(made.map(({ api, checked }) => `${api} ${checked}`)).toEqual([`${given.provider} ok`]);

    const panel = await session.browser.openSurface('sidepanel', page);
    await panel.getByTestId(`${given.table.slice(0, -1)}-card`).waitFor();
    await eventually(
      () => panel.locator('body').innerText(),
      (text) => text.includes(given.shown()),
    );
    const provenance = await panel.getByTestId('provenance').innerText();
    if (given.merged) expect(provenance).toContain('OneBound');
    else expect(provenance.split(/\s+/u)).toContainEqual(expect.stringMatching(given.endpoint));
    const before = new Set([...(await session.files(0))].map(([name]) => name));
    await panel.getByTestId('export-page').click();
    const files = await eventually(
      async () =>
        [...(await session.files(0))].filter(([name]) => !before.has(name) && name.includes(`_${given.table}_`)),
      (found) => found.length > 0,
    );
    const rows = files.flatMap(([, bytes]) => [...readCsv(bytes)]);
    const cells = given.cells();
    const row = rows.find((candidate) => Object.entries(cells).every(([name, value]) => candidate[name] === value));
    expect(row, `a row with ${JSON.stringify(cells)}`).toBeDefined();
    if (!given.merged) {
      expect(row?.['api_provider']).toBe(given.provider);
      expect(row?.['api_endpoint']).toMatch(given.endpoint);
    }
    // Nothing of the key is in the file.
    const secrets = Object.entries(given.typed()).flatMap(([name, value]) => (secretField.test(name) ? [value] : []));
    for (const [, bytes] of files) for (const secret of secrets) expect(bytes.toString('utf8')).not.toContain(secret);
    await panel.close();
    await page.close();
  });
});
