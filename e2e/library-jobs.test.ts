/** Jobs and alerts in the library, as a person begins, follows and ends them: real browser, real worker, sandbox as API. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Alert, Job } from '../lib/messaging/protocol.ts';
import { eventually, type Session, startSession } from './harness/session.ts';

let session: Session;
let page: Page;

beforeAll(async () => {
  session = await startSession();
  await session.saveKeys();
  await session.allow('https://api.tikhub.io');
  await session.ask('credential.save', { provider: 'tikhub', values: session.sandbox.credentials.tikhub });
  // A price of the researcher's own, so that the preview can name the cost.
  await session.ask('settings.change', {
    callPrices: { tikhub: { amount: 0.001, currency: 'USD' } },
    sourceOrder: { 'post.get': ['tikhub'] },
  });
  page = await session.browser.context.newPage();
  await page.goto(`chrome-extension://${session.browser.extensionId}/library.html#jobs`);
  await page.getByTestId('jobs').waitFor();
});
afterAll(() => session?.close());
beforeEach(() => session.sandbox.reset());

const ids = () => session.sandbox.world.ids;
const address = (id: string): string => `https://www.tiktok.com/@someone/video/${id}`;
const posts = (count: number): readonly string[] =>
  session.sandbox.world
    .postsOf('tiktok')
    .filter(({ status }) => status === 'normal')
    .slice(-count)
    .map(({ id }) => id);
const jobs = () => session.ask<readonly Job[]>('job.list', {});
const cardOf = (id: string): Locator => page.locator(`[data-testid="job"][data-id="${id}"]`);

/** Opens the form with this kind chosen, also where there are no jobs yet. */
async function newJob(kind: Job['plan']['kind']): Promise<void> {
  const first = page.getByTestId(`job-begin-${kind}`);
  await first.or(page.getByTestId('job-new')).first().waitFor();
  if (await first.isVisible()) return first.click();
  await page.getByTestId('job-new').click();
  await page.getByTestId(`job-kind-${kind}`).check({ force: true });
}

/** Presses Start; resolves with the job that came of it. */
async function start(): Promise<string> {
  const before = new Set((await jobs()).map(({ id }) => id));
  await page.getByTestId('job-start').click();
  const [made] = await eventually(
    async () => (await jobs()).filter(({ id }) => !before.has(id)),
    (found) => found.length === 1,
  );
  await cardOf(made?.id ?? '').waitFor();
  return made?.id ?? '';
}

const reaches = (id: string, state: Job['state']): Promise<void> =>
  page.locator(`[data-id="${id}"][data-state="${state}"]`).waitFor({ timeout: 20_000 });

it('a pasted list: what it names, what it takes, what failed and why; what failed is tried again', async () => {
  const withdrawn = session.sandbox.world.post(ids().tiktok.withdrawn);
  if (!withdrawn) throw new Error('The world has no withdrawn post.');
  const [one = '', other = ''] = posts(2);
  await newJob('batch');
  const table = `title,link\nA cake,${address(one)}\n"Bread, sliced",${address(other)}\n`;
  await page
    .getByTestId('job-list-chooser')
    .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  await page.getByTestId('job-report').getByText('To be asked: 2').waitFor();
  expect(await page.getByTestId('job-column').locator('option:checked').innerText()).toBe('link (2)');
  await page.getByTestId('job-list-clear').click();

  await page
    .getByTestId('job-list')
    .fill(
      [
        address(one),
        `${address(one)}?lang=en`,
        other,
        address(withdrawn.id),
        'https://vm.tiktok.com/ZTR45GpSF/',
        'not a link',
      ].join('\n'),
    );
  const report = page.getByTestId('job-report');
  // Nothing tells what a number alone is: the form asks.
  await page.getByTestId('job-numbers').selectOption('tiktok_post');
  await report.getByText('To be asked: 3').waitFor();
  expect(await page.getByTestId('job-report-summary').innerText()).toMatch(
    /named again: 1.*short links: 1.*not understood: 1/su,
  );
  expect(await page.getByTestId('job-links').innerText()).toContain('vm.tiktok.com/ZTR45GpSF');
  expect(await page.getByTestId('job-unreadable').innerText()).toMatch(/Line 6\s+not a link/u);
  const calls = page.getByTestId('job-calls-tikhub');
  await calls.getByText('3 items ≈ 3 calls ≈ $0.003').waitFor();
  // What it would take was only told.
  expect(session.sandbox.calls).toEqual([]);
  expect(await page.getByTestId('job-start').innerText()).toBe('Start looking up (3)');

  const id = await start();
  await reaches(id, 'done');
  const card = cardOf(id);
  expect(await card.getByTestId('job-progress').innerText()).toBe('3 of 3 · failed: 1');
  const asked = session.sandbox.calls.filter(({ api }) => api === 'tikhub').map(({ itemId }) => itemId);
  expect(asked).toHaveLength(3);
  expect(new Set(asked)).toEqual(new Set([one, other, withdrawn.id]));
  await card.getByTestId('job-details').locator('summary').click();
  await card.getByTestId('job-failure').getByText('It was removed', { exact: true }).waitFor();
  await card.getByTestId('job-items-state').selectOption('failed');
  await eventually(
    () => card.getByTestId('job-item').allInnerTexts(),
    (rows) => rows.length === 1 && rows[0]?.includes('asked: 1') === true,
  );

  withdrawn.status = 'normal';
  await card.getByTestId('job-retry').click();
  await eventually(
    () => card.getByTestId('job-progress').innerText(),
    (text) => text === '3 of 3',
  );
  await reaches(id, 'done');
  withdrawn.status = 'withdrawn';
});

it('what a job found opens in the library; what is selected there comes with its kind of job', async () => {
  const card = page.getByTestId('job').first();
  if ((await card.getByTestId('job-details').getAttribute('open')) === null) await card.locator('summary').click();
  await card.getByTestId('job-items-state').selectOption({ value: 'done' });
  await card.getByTestId('thing-open').first().click();
  await page.waitForURL(/#posts\/tiktok/u);
  await page.goto(`chrome-extension://${session.browser.extensionId}/library.html#posts`);
  await page.getByTestId('row-check').first().click();
  await page.getByTestId('watch-selected').click();
  await page.getByTestId('new-job').waitFor();
  expect(await page.getByTestId('job-kind-watchlist').isChecked()).toBe(true);
  expect(await page.getByTestId('job-source-selection').isChecked()).toBe(true);
  await page.getByTestId('job-calls-tikhub').getByText('1 items ≈ 1 calls').waitFor();
  await page.getByTestId('new-job-close').click();
  // The selection stays with the table, and is offered until it is cleared there.
  await page.getByTestId('job-new').getByText('New job with the selection (1)').waitFor();
  await page.goBack();
  await page.getByTestId('select-none').click();
  await page.goto(`chrome-extension://${session.browser.extensionId}/library.html#jobs`);
  await page.getByTestId('job-new').getByText('New job', { exact: true }).waitFor();
});

it('the posts of an author to a number', async () => {
  await newJob('listing');
  await page.getByTestId('job-provider').selectOption('tikhub');
  await page.getByTestId('job-start').click();
  // What is missing is said beside its field, which has the focus.
  expect(await page.getByTestId('job-subject').getAttribute('aria-invalid')).toBe('true');
  await page.getByTestId('job-subject').fill(`https://www.tiktok.com/@${ids().tiktok.author}`);
  await page.getByTestId('job-end-most').check();
  await page.getByTestId('job-most').fill('22');
  await page.getByTestId('job-preview').getByText('$0.001 for each call').waitFor();
  const id = await start();
  await reaches(id, 'done');
  const [job] = (await jobs()).filter((one) => one.id === id);
  expect(job).toMatchObject({
    name: expect.stringMatching(/^Posts of the author: @marina\.bakes/u),
    counts: { total: 22, done: 22 },
  });
  expect(await cardOf(id).getByTestId('job-progress').innerText()).toMatch(/found: 22 · pages: 2/u);
});

it('a watchlist with a price tells of it once, and the alert is marked as seen', async () => {
  const product = session.sandbox.world.product(ids().douyin.product);
  if (!product) throw new Error('The world has no such product.');
  await newJob('watchlist');
  await page.getByTestId('job-list').fill(`https://haohuo.jinritemai.com/views/product/item2?id=${product.id}`);
  await page.getByTestId('job-rule').first().waitFor();
  await page.getByTestId('job-every').fill('6');
  await page.getByTestId('job-unit').selectOption('hour');
  await page.getByTestId('job-rule-add').click();
  const rule = page.getByTestId('job-rule').last();
  expect(await rule.getByTestId('job-rule-kind').inputValue()).toBe('price_below');
  await rule.getByTestId('job-rule-figure').fill(String(product.priceMinor / 100 + 1));
  await page.getByTestId('job-per-day').getByText('About 4 calls a day').waitFor();
  const id = await start();
  // It has looked once, and waits for its next turn.
  await reaches(id, 'waiting');
  expect(await cardOf(id).getByTestId('job-wait').innerText()).toMatch(/^Next look at /u);

  await cardOf(id).getByTestId('job-details').locator('summary').click();
  await cardOf(id).getByText('Looks so far at each item: 1', { exact: true }).waitFor();
  expect(await cardOf(id).getByTestId('job-said-rules').innerText()).toContain('price below');

  const alerts = await eventually(
    () => session.ask<readonly Alert[]>('alert.list', {}),
    (found) => found.length > 0,
  );
  expect(alerts).toMatchObject([{ job: id, after: product.priceMinor, currency: 'CNY', seen: false }]);
  await page.getByRole('tab', { name: 'Alerts (1)' }).click();
  const money = (minor: number): string => `CN¥${(minor / 100).toFixed(2)}`;
  expect(await page.getByTestId('alert-text').innerText()).toBe(
    `The price is below ${money(product.priceMinor + 100)}`,
  );
  expect(await page.getByTestId('alert-figures').innerText()).toContain(money(product.priceMinor));
  await page.getByTestId('alert-seen').click();
  await page.locator('[data-testid="alert"][data-seen="true"]').waitFor();
  await page.getByRole('tab', { name: 'Alerts', exact: true }).waitFor();
  await page.getByTestId('jobs-tab-jobs').click();
});

it('a job is paused, goes on, is cancelled and deleted, the last two in two steps', async () => {
  // Slow answers, so that there is time to act.
  session.sandbox.setFault('tikhub', { kind: 'slow', ms: 400 });
  await newJob('batch');
  await page.getByTestId('job-list').fill(posts(80).map(address).join('\n'));
  await page.getByTestId('job-refresh').check();
  await page.getByTestId('job-calls-tikhub').getByText('80 items').waitFor();
  const id = await start();
  const card = cardOf(id);
  await card.getByTestId('job-pause').click();
  await reaches(id, 'paused');
  await card.getByText('You paused it.').waitFor();
  const called = session.sandbox.calls.length;
  expect(called).toBeLessThan(80);
  await card.getByTestId('job-resume').click();
  await reaches(id, 'running');
  await eventually(
    async () => session.sandbox.calls.length,
    (now) => now > called,
  );

  await card.getByTestId('job-cancel').click();
  await card.getByTestId('job-keep').click();
  expect(await card.getByTestId('job-cancel').evaluate((button) => button === document.activeElement)).toBe(true);
  expect(await card.getAttribute('data-state')).toBe('running');
  await card.getByTestId('job-cancel').click();
  await card.getByTestId('job-cancel-confirm').click();
  await reaches(id, 'cancelled');
  await eventually(
    () => card.getByTestId('job-progress').innerText(),
    (text) => /^\d+ of 80 · left out: \d+$/u.test(text),
  );
  session.sandbox.setFault('tikhub', null);

  await card.getByTestId('job-remove').click();
  await card.getByTestId('job-remove-confirm').click();
  await card.waitFor({ state: 'detached' });
  expect((await jobs()).map((job) => job.id)).not.toContain(id);
});

/** Axe finds nothing in either theme; in both languages everything is worded, and nothing stands out of the window. */
async function checkFace(): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    // Colours fade from one theme into the other; what turns while it works never ends.
    await page.evaluate(async () => {
      for (const { effect, finished } of document.getAnimations()) {
        if (effect?.getTiming().iterations !== Number.POSITIVE_INFINITY) await finished;
      }
    });
    const axe = new AxeBuilder({ page }).setLegacyMode().include('[data-testid="jobs"]');
    // The other theme has other colours, and nothing else.
    axe.options({ resultTypes: ['violations'], ...(colorScheme === 'dark' && { runOnly: ['color-contrast'] }) });
    const { violations } = await axe.analyze();
    expect(
      violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map((node) => node.html).join(' | ')}`),
    ).toEqual([]);
  }
  for (const language of ['zh_CN', 'en'] as const) {
    await session.ask('settings.change', { language });
    await page.locator(`html[lang="${language === 'en' ? 'en' : 'zh-CN'}"]`).waitFor();
    expect(await page.getByTestId('jobs').innerText()).not.toMatch(
      /\b(?:jobs?|alerts?|rule|kinds?|error|api|action|estimate|field)_[a-z_]+/u,
    );
    for (const width of [700, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const beyond = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(beyond, `sideways scrolling at ${width}`).toBeLessThanOrEqual(0);
    }
  }
}

it('every state can be read by everybody, in both languages', async () => {
  await newJob('batch');
  await page
    .getByTestId('job-list')
    .fill(['7528963259874110001', '@someone', 'https://vm.tiktok.com/ZTR45GpSF/', 'not a link'].join('\n'));
  await page.getByTestId('job-numbers').waitFor();
  await page.getByTestId('job-preview').waitFor();
  await checkFace();
  await page.getByTestId('job-kind-watchlist').check({ force: true });
  await page.getByTestId('job-rule-add').click();
  await page.getByTestId('job-rule-kind').last().selectOption('price_below');
  await page.getByTestId('job-start').click();
  await page.locator('[data-testid="job-rule-figure"][aria-invalid="true"]').waitFor();
  await checkFace();
  await page.getByTestId('job-kind-listing').check({ force: true });
  await page.getByTestId('job-capability').selectOption('post.search');
  await page.getByTestId('job-provider').selectOption('tiktok-research');
  await page.getByTestId('job-query-keyword').waitFor();
  await checkFace();
  await page.getByTestId('new-job-close').click();
  const card = page.getByTestId('job').last();
  if ((await card.getByTestId('job-details').getAttribute('open')) === null) await card.locator('summary').click();
  await card.getByTestId('job-item').first().waitFor();
  await card.getByTestId('job-remove').click();
  await checkFace();
  await page.getByTestId('jobs-tab-alerts').click();
  await page.getByTestId('alert').waitFor();
  await checkFace();
});
