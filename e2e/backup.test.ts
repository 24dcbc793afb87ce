/** A backup as a person makes and restores it, and the settings of a project: in a real browser, with its real packing. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillLibrary } from '../bench/library-fill.ts';
import type { LibraryView, Project, StorageSummary } from '../lib/messaging/protocol.ts';
import { eventually, type Session, startSession } from './harness/session.ts';

const things = 300;
let session: Session;
let library: Page;
/** The backup's packed file. */
let backup: Buffer;

beforeAll(async () => {
  session = await startSession();
  await session.saveKeys();
  await session.ask('settings.change', { language: 'en', timeZone: 'UTC', dailyLimits: { gateway: 321 } });
  await session.ask('storage.summary', {});
  const filler = await session.browser.openSurface('options');
  await fillLibrary(filler, things);
  await filler.close();
  await session.ask('view.save', { id: 'one', name: 'Most viewed', state: '{}' });
  library = await session.browser.context.newPage();
});
afterAll(() => session?.close());

const summary = (): Promise<StorageSummary> => session.ask<StorageSummary>('storage.summary', {});

async function openImport(): Promise<void> {
  await library.goto('about:blank');
  await library.goto(`chrome-extension://${session.browser.extensionId}/library.html#import`);
  await library.getByTestId('backup').waitFor();
}

/** Restores a file and resolves with what is said of it. */
async function restore(bytes: Buffer, name = 'clipscope-backup.ndjson.gz'): Promise<string> {
  await openImport();
  await library.getByTestId('restore-file').setInputFiles({ name, mimeType: 'application/gzip', buffer: bytes });
  await library.getByTestId('restore-question-confirm').click();
  const done = library.getByTestId('restore-done');
  await done.waitFor();
  return done.innerText();
}

describe('the settings of a project', () => {
  it('are changed in the options, and their key is a file', async () => {
    const options = await session.browser.openSurface('options');
    await options.getByTestId('settings-default').locator('summary').click();
    await options.getByTestId('name-default').fill('Harbour');
    await options.getByTestId('name-default-save').click();
    await options.getByTestId('retention-default').fill('0');
    await options.getByTestId('retention-default-save').click();
    await options.getByText('A whole number from 1 to 36500, please.').waitFor();
    await options.getByTestId('retention-default').fill('365');
    await options.getByTestId('retention-default-save').click();
    await options.getByTestId('keep-raw-default').click();
    const [project] = await eventually(
      () => session.ask<readonly Project[]>('project.list', {}),
      ([first]) => first?.retentionDays === 365 && !first.keepRaw && first.name === 'Harbour',
    );
    expect(project?.savedCount).toBeGreaterThan(100);
    await options.getByTestId('key-default').click();
    expect([...(await session.files(1)).keys()].join()).toMatch(/pseudonym-key/u);
    expect(await options.getByTestId('delete-default').isDisabled()).toBe(true);
    await options.close();
  });
});

describe('a backup', () => {
  it('holds everything but keys', async () => {
    await openImport();
    await library.getByTestId('backup-run').click();
    await library.getByTestId('backup-done').waitFor();
    const files = await session.files(2);
    const name = [...files.keys()].find((file) => /^clipscope-backup-\d{4}-\d\d-\d\d\.ndjson\.gz$/u.test(file)) ?? '';
    backup = files.get(name) ?? Buffer.alloc(0);
    const text = gunzipSync(backup).toString('utf8');
    expect(text).toContain('"Harbour"');
    const { text: own } = await session.ask<{ text: string }>('project.key', { id: 'default' });
    const { gateway, keySecret } = session.sandbox.credentials;
    const secrets = [/[0-9a-f]{64}/u.exec(own)?.[0] ?? '', gateway.secret, keySecret.secret];
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(5);
      expect(text).not.toContain(secret);
    }
  });

  it('that is cut off gives what came before its end, and its whole the rest', async () => {
    const before = await summary();
    await session.ask('data.delete', {});
    await session.ask('view.delete', { id: 'one' });
    expect(await restore(backup.subarray(0, Math.floor(backup.length / 2)))).toContain('The file ends before its end');
    const half = await summary();
    expect(half.observations).toBeGreaterThan(before.observations / 4);
    expect(half.observations).toBeLessThan(before.observations);
    const text = await restore(backup);
    expect(text).toContain(`Observations: ${before.observations - half.observations}`);
    expect(await summary()).toMatchObject({ records: before.records, observations: before.observations });
    const [project] = await session.ask<readonly Project[]>('project.list', {});
    expect(project).toMatchObject({ name: 'Harbour', recording: false, keepRaw: false, retentionDays: 365 });
    expect(await session.ask<readonly LibraryView[]>('view.list', {})).toContainEqual({
      id: 'one',
      name: 'Most viewed',
      state: '{}',
    });
  });

  it('twice adds nothing; what is no backup is told', async () => {
    const before = await summary();
    expect(await restore(backup)).not.toMatch(/Observations: /u);
    expect(await summary()).toEqual(before);
    expect(await restore(gzipSync('Dear diary'), 'diary.gz')).toContain('This is no backup of Clipscope.');
  });
});

describe('deleting a project', () => {
  it('with its data takes what no other project has, and writes it into the log', async () => {
    await session.ask('project.create', { name: 'Other' });
    const options = await session.browser.openSurface('options');
    await options.getByTestId('settings-default').locator('summary').click();
    await options.getByTestId('delete-default').click();
    await options.getByTestId('delete-default-data').check();
    await options.getByTestId('delete-default-confirm').click();
    await options.getByTestId('project-deleted').waitFor();
    expect((await summary()).records).toBeLessThan(things / 2);
    await options.getByTestId('deletions-open').locator('summary').click();
    expect(await options.getByTestId('deletion').first().innerText()).toContain('Harbour');
    await options.close();
  });
});
