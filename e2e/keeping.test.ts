/** What is kept: nothing without Save, Export or Record; and then all of it, without the researcher in it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CredentialState,
  DeletionEntry,
  DeletionOutcome,
  PageView,
  Project,
  StorageSummary,
} from '../lib/messaging/protocol.ts';
import type { WorldPost } from '../sandbox/index.ts';
import { ChipProbe } from './harness/chromium.ts';
import { databaseTexts, plantedIn } from './harness/reading.ts';
import { eventually, type Session, startSession } from './harness/session.ts';
import { scrollToEnd, visit } from './harness/visit.ts';
import { expectList, grouped, refOf } from './harness/walk.ts';

/** The little of the extension API that tests evaluate in pages. */
declare const chrome: { storage: { local: { remove(key: string): Promise<void> } } };

interface Stored {
  readonly observations: readonly {
    readonly ref_key: string;
    readonly record: { readonly raw_sha256: string | null };
  }[];
}

let session: Session;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session?.close());

const tiktok = (): WorldPost[] => session.sandbox.world.postsOf('tiktok');
const summary = (): Promise<StorageSummary> => session.ask<StorageSummary>('storage.summary', {});

/** Every database of the extension as text, read in a page of its own. */
async function databases(): Promise<Readonly<Record<string, string>>> {
  const page = await session.browser.openSurface('options');
  const texts = await databaseTexts(page);
  await page.close();
  return texts;
}

describe('without Save', () => {
  it('nothing of a page is stored, and what its tab held goes with the tab', async () => {
    const post = tiktok()[12]!;
    const address = `https://www.tiktok.com/@${post.author.handle}/video/${post.id}`;
    const { page, view } = await visit(session, address);
    const seen = await view((now) => now.entries.some(({ ref, hasData }) => hasData && ref === refOf(post)));
    expect(seen.unsavedCount).toBeGreaterThan(0);
    expect(seen.entries.every(({ saved }) => !saved)).toBe(true);
    expect((await summary()).observations).toBe(0);
    const open = await databases();
    expect(open['clipscope'] ?? '').not.toContain(post.id);
    expect(open['clipscope-session']).toContain(post.id);
    await page.close();
    await eventually(databases, (texts) => !(texts['clipscope-session'] ?? '').includes(post.id));
    const closed = await databases();
    for (const [name, text] of Object.entries(closed)) expect([name, text.includes(post.id)]).toEqual([name, false]);
  });

  it('no page of a private window is read: the extension is not allowed there', async () => {
    const page = await session.browser.openSurface('options');
    expect(
      await page.evaluate(
        () =>
          (
            globalThis as unknown as { chrome: { runtime: { getManifest(): { incognito?: string } } } }
          ).chrome.runtime.getManifest().incognito,
      ),
    ).toBe('not_allowed');
    await page.close();
  });
});

describe('Save', () => {
  it('“Save all” of the bar keeps the page, scrubbed, beyond the tab', async () => {
    const author = session.sandbox.world.author(session.sandbox.world.ids.tiktok.author)!;
    const own = tiktok().filter((post) => post.author === author);
    const { page, view } = await visit(session, `https://www.tiktok.com/@${author.handle}`);
    await scrollToEnd(page, '.tile', own.length);
    await view((now) => now.entries.filter(({ hasData }) => hasData).length === own.length);
    const bar = await ChipProbe.of(page);
    await bar.waitForText(new RegExp(`${own.length} found`, 'u'));
    await eventually(
      () => bar.box('bar-save'),
      (box) => box !== null,
    );
    await bar.click('bar-save');
    await eventually(
      () => bar.attributeOf('bar-save', 'disabled'),
      (disabled) => disabled !== null,
    );
    // A view that is asked for during the save counts what was there before it.
    await view(({ entries, project }) => entries.every((entry) => entry.saved) && project.savedCount >= own.length);
    await page.close();
    const texts = await eventually(databases, (now) => !(now['clipscope-session'] ?? '').includes(own[0]!.id));
    const stored = texts['clipscope'] ?? '';
    for (const post of own) {
      expect(stored).toContain(`"ref_key":"${refOf(post)}"`);
      expect(stored).toContain(`"view_count":${post.counts.plays}`);
    }
    // The raw JSON is there, and the researcher is not in it.
    expect(stored).toMatch(/"raw":"/u);
    expect(plantedIn(stored, session.sandbox.world.viewer)).toEqual([]);
  });

  it('saving twice keeps it once', async () => {
    const author = session.sandbox.world.author(session.sandbox.world.ids.tiktok.author)!;
    const { page, view, tabId } = await visit(session, `https://www.tiktok.com/@${author.handle}`);
    await view((now) => now.entries.length >= 16 && now.entries.every(({ hasData }) => hasData));
    await session.ask('page.save', { tabId, refs: null });
    const once = (await summary()).observations;
    await session.ask('page.save', { tabId, refs: null });
    expect((await summary()).observations).toBe(once);
    await page.close();
  });

  it('some of a page: only these', async () => {
    const { page, view, tabId } = await visit(session, 'https://www.tiktok.com/tag/geography');
    const seen = await view((now) => now.entries.length > 3 && now.entries.every(({ hasData }) => hasData));
    const fresh = seen.entries.filter(({ saved }) => !saved).slice(0, 2);
    await session.ask('page.save', { tabId, refs: fresh.map(({ ref }) => ref) });
    const after = await view((now) => now.entries.some(({ saved, ref }) => saved && ref === fresh[0]?.ref));
    const changed = after.entries.filter(({ saved }, index) => saved !== seen.entries[index]?.saved);
    expect(changed.map(({ ref }) => ref)).toEqual(fresh.map(({ ref }) => ref));
    await page.close();
  });
});

describe('Record', () => {
  it('persists as one browses, says so, and stops', async () => {
    const [project] = await session.ask<readonly Project[]>('project.create', { name: 'Bread & maps' });
    await session.ask('project.record', { id: project?.id ?? '', recording: true });
    const { page, view } = await visit(session, 'https://www.tiktok.com/tag/maps');
    const seen = await view((now) => now.entries.length > 3 && now.entries.every(({ saved }) => saved));
    expect(seen.project).toMatchObject({ name: 'Bread & maps', recording: true });
    expect(seen.project.savedCount).toBeGreaterThanOrEqual(seen.entries.length);
    await (await ChipProbe.of(page)).waitForText(/Recording into Bread & maps/u);
    const stored = (await databases())['clipscope'] ?? '';
    for (const { ref } of seen.entries) expect(stored).toContain(`"ref_key":"${ref}"`);
    expect(plantedIn(stored, session.sandbox.world.viewer)).toEqual([]);

    await session.ask('project.record', { id: project?.id ?? '', recording: false });
    const before = (await summary()).observations;
    await page.goto('https://www.tiktok.com/tag/bees');
    const off = await view((now) => now.context.query === 'bees' && now.entries.length > 3);
    expect(off.project.recording).toBe(false);
    await page.waitForTimeout(400);
    expect((await summary()).observations).toBe(before);
    await page.close();
  });
});

describe('what is kept, for how long, and of whom', () => {
  const posts = (): WorldPost[] => tiktok().slice(20, 24);
  const addressOf = (post: WorldPost): string => `https://www.tiktok.com/@${post.author.handle}/video/${post.id}`;

  /** Opens a post, saves it into the active project, and closes it. */
  async function save(post: WorldPost): Promise<void> {
    const { page, view, tabId } = await visit(session, addressOf(post));
    await view((now) => now.entries.some(({ ref, hasData }) => hasData && ref === refOf(post)));
    await session.ask('page.save', { tabId, refs: [refOf(post), `tiktok:author:${post.author.handle.toLowerCase()}`] });
    await page.close();
  }

  it('a project that keeps no source texts has none; one that deletes by time deletes what is old enough', async () => {
    const [kept, old] = posts();
    const [project] = await session.ask<readonly Project[]>('project.create', { name: 'Thirty days' });
    const id = project!.id;
    await session.ask('project.change', { id, keepRaw: false, retentionDays: 30 });
    await save(kept!);
    await save(old!);
    const options = await session.browser.openSurface('options');
    const stored = JSON.parse((await databaseTexts(options))['clipscope'] ?? '{}') as Stored;
    // Other tests may have saved it into a project that keeps them.
    const own = stored.observations.filter(({ ref_key: ref }) => ref === refOf(kept!));
    expect(own.at(-1)?.record.raw_sha256).toBeNull();
    // As if it had been saved 31 days ago, and the daily deletion were due.
    await options.evaluate(
      async ({ project: of, ref, days }) => {
        const database = await new Promise<IDBDatabase>((resolve) => {
          const request = indexedDB.open('clipscope');
          request.addEventListener('success', () => resolve(request.result));
        });
        const store = database.transaction('memberships', 'readwrite').objectStore('memberships');
        await new Promise((resolve) => {
          const asked = store.get([of, ref]);
          asked.addEventListener('success', () => {
            const put = store.put({ ...asked.result, saved_at: Date.now() - days * 86_400_000 });
            put.addEventListener('success', resolve);
          });
        });
        database.close();
        await chrome.storage.local.remove('retention');
      },
      { project: id, ref: refOf(old!), days: 31 },
    );
    await session.browser.killWorker();
    await eventually(
      () => session.ask<readonly DeletionEntry[]>('deletion.list', {}),
      ([entry]) => entry?.cause === 'retention' && entry.project === 'Thirty days' && entry.records === 1,
    );
    const left = (await databaseTexts(options))['clipscope'] ?? '';
    expect([left.includes(`"${refOf(old!)}"`), left.includes(`"${refOf(kept!)}"`)]).toEqual([false, true]);
    await options.close();
  });

  it('a person is deleted from every project, with the texts that name them; the log names nobody', async () => {
    const [, , one] = posts();
    const other = posts().find(({ author }) => author.handle !== one!.author.handle)!;
    await session.ask('project.create', { name: 'Everybody' });
    await save(one!);
    await save(other);
    const options = await session.browser.openSurface('options');
    expect((await databaseTexts(options))['clipscope']).toContain(one!.id);
    const handle = one!.author.handle.toLowerCase();
    const outcome = await session.ask<DeletionOutcome>('person.delete', { ref: `tiktok:author:${handle}` });
    expect(outcome.records).toBeGreaterThan(0);
    const texts = await databaseTexts(options);
    for (const name of [`"${refOf(one!)}"`, `:author:${handle}"`, `"uniqueId":"${one!.author.handle}"`]) {
      expect([name, texts['clipscope']?.includes(name), texts['clipscope-session']?.includes(name)]).toEqual([
        name,
        false,
        false,
      ]);
    }
    expect(texts['clipscope']).toContain(`"${refOf(other)}"`);
    const [entry] = await session.ask<readonly DeletionEntry[]>('deletion.list', {});
    expect(entry).toMatchObject({ cause: 'person', project: null, ...outcome });
    await options.close();
  });

  it('the key of a project’s pseudonyms is in its own file and beside the credentials only', async () => {
    const [project] = await session.ask<readonly Project[]>('project.list', {});
    const { name, text } = await session.ask<{ name: string; text: string }>('project.key', { id: project!.id });
    expect(name).toMatch(/^clipscope-pseudonym-key-\d{4}-\d{2}-\d{2}\.json$/u);
    const { key_hex: key, about } = JSON.parse(text) as { key_hex: string; about: string };
    expect(key).toMatch(/^[0-9a-f]{64}$/u);
    expect(about).toMatch(/Keep it apart from the data/u);
    const texts = await databases();
    const holding = Object.entries(texts).filter(([, database]) => database.includes(key));
    expect(holding.map(([database]) => database)).toEqual(['clipscope-credentials']);
    await session.ask('project.delete', { id: project!.id, data: true });
    expect(JSON.stringify(await databases())).not.toContain(key);
  });
});

describe('deleting all data', () => {
  it('is asked twice, takes everything that was collected and every project, and leaves keys and settings', async () => {
    const post = tiktok()[12]!;
    await session.saveKeys();
    await session.ask('settings.change', { automaticLookup: false });
    await session.ask('project.create', { name: 'Short-lived' });
    const { page, view, tabId } = await visit(
      session,
      `https://www.tiktok.com/@${post.author.handle}/video/${post.id}`,
    );
    await view((now) => now.entries.some(({ ref, hasData }) => hasData && ref === refOf(post)));
    await session.ask('page.save', { tabId, refs: null });
    await view((now) => now.entries.every(({ saved }) => saved));
    const before = await summary();
    expect(before.records).toBeGreaterThan(0);

    const options = await session.browser.openSurface('options');
    await options.getByTestId('delete-data').click();
    const question = options.getByTestId('delete-data-question');
    expect(await question.innerText()).toContain(grouped(before.records));
    await options.getByTestId('delete-data-cancel').click();
    expect(await summary()).toEqual(before);
    await options.getByTestId('delete-data').click();
    await options.getByTestId('delete-data-confirm').click();
    await options.getByTestId('data-deleted').getByText('Everything was deleted.').waitFor();
    expect(await summary()).toEqual({ records: 0, observations: 0, cachedLookups: 0 });
    expect(await options.getByTestId('storage').innerText()).toMatch(/Records\s+0\s+Observations\s+0/u);
    expect(await session.ask<readonly Project[]>('project.list', {})).toMatchObject([{ name: '', savedCount: 0 }]);
    const states = await session.ask<readonly CredentialState[]>('credential.list', {});
    expect(states.filter(({ saved }) => saved).map(({ provider }) => provider)).toEqual(
      expect.arrayContaining(['gateway', 'key-secret']),
    );
    expect((await databaseTexts(options))['clipscope'] ?? '').not.toContain(post.id);
    // The open tab goes on with what it has loaded, and can save it again.
    const now = await view(({ entries }) => entries.every(({ saved }) => !saved));
    expect(now.entries.some(({ ref, hasData }) => hasData && ref === refOf(post))).toBe(true);
    await session.ask('page.save', { tabId, refs: null });
    expect((await summary()).records).toBeGreaterThan(0);
    await options.close();
    await page.close();
  });
});

describe('a worker that is killed in the middle of a walk', () => {
  it('loses nothing of the list', async () => {
    const all = tiktok();
    const { page, view, tabId } = await visit(session, 'https://www.tiktok.com/explore');
    await view((now) => now.entries.length >= 16);
    await page.mouse.move(640, 500);
    for (let round = 0; (await page.locator('.tile').count()) < all.length && round < 200; round++) {
      if (round % 6 === 3) await session.browser.killWorker();
      await page.mouse.wheel(0, 700);
      await page.waitForTimeout(120);
    }
    await session.browser.killWorker();
    const seen = await view(
      ({ entries }) => entries.filter(({ hasData, role }) => hasData && role === 'tile').length >= all.length,
    );
    expectList(seen, all, all.length);
    await session.ask('page.save', { tabId, refs: null });
    await session.browser.killWorker();
    const saved = await session.ask<PageView>('page.get', { tabId });
    expect(saved.entries.every((entry) => entry.saved)).toBe(true);
    await page.close();
  });
});
