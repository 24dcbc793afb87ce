/** Fills the extension's own database, in a page of the extension, as fast as the browser writes. */
import type { Page } from 'playwright-core';
import { pageScript } from './page-script.ts';

/** How many things a transaction writes: more hold up the page for too long, fewer wait for the disk. */
const thingsAtOnce = 500;

/**
 * Writes so many things with their observations and memberships, `from` so many that are there. The database must be there:
 * ask the worker for anything stored.
 */
export async function fillLibrary(page: Page, count: number, from = 0): Promise<void> {
  await page.evaluate(await pageScript('library-records', 'libraryRecords'));
  await page.evaluate(
    async ({ count: all, from: before, atOnce }) => {
      const { storedThing, summaryOf } = (
        globalThis as unknown as { libraryRecords: typeof import('./library-records.ts') }
      ).libraryRecords;
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('clipscope');
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('The database cannot be opened.')));
      });
      let written = Promise.resolve();
      for (let start = 0; start < all; start += atOnce) {
        const things = Array.from({ length: Math.min(atOnce, all - start) }, (_, offset) =>
          storedThing(before + start + offset),
        );
        // One transaction is written while the next one's things are made.
        await written;
        const stores = ['observations', 'records', 'summaries', 'memberships'];
        const transaction = database.transaction(stores, 'readwrite', { durability: 'relaxed' });
        for (const { observations, kept, membership } of things) {
          for (const observation of observations) transaction.objectStore('observations').add(observation);
          transaction.objectStore('records').put(kept);
          transaction.objectStore('summaries').put(summaryOf(kept));
          transaction.objectStore('memberships').put(membership);
        }
        written = new Promise((resolve, reject) => {
          transaction.addEventListener('complete', () => resolve());
          transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('A write was aborted.')));
        });
        written.catch(() => undefined);
      }
      await written;
      database.close();
    },
    { count, from, atOnce: thingsAtOnce },
  );
}
