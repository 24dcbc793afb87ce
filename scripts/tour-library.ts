/** The tour's last part: a profile saved, a list looked up by a job, and both in the library, with history and reports. */
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { ExtensionBrowser } from '../e2e/harness/chromium.ts';
import type { World } from '../sandbox/index.ts';

/** Saves what is seen, lets a job collect, and looks at it in the library; leaves screenshots. */
export async function tourOfLibrary(browser: ExtensionBrowser, world: World, folder: string): Promise<void> {
  const profile = await browser.context.newPage();
  await profile.goto(`https://www.tiktok.com/@${world.ids.tiktok.author}`);
  await profile.bringToFront();
  const panel = await browser.openSurface('sidepanel', profile);
  await panel.getByTestId('item').first().waitFor();
  await panel.getByTestId('save-all').click();
  await panel.getByTestId('save-done').waitFor();
  console.log(`  ${(await panel.getByTestId('save-done').innerText()).replaceAll('\n', ' ')}`);
  await panel.close();
  await profile.close();

  const library = await browser.context.newPage();
  await library.setViewportSize({ width: 1280, height: 800 });
  const show = async (view: string, ready: string): Promise<void> => {
    await library.goto(`chrome-extension://${browser.extensionId}/library.html#${view}`);
    await library.getByTestId(ready).first().waitFor();
  };
  await show('jobs', 'jobs');
  await runJob(library, world, folder);

  await show('posts', 'row');
  await library.waitForTimeout(500);
  console.log(`  posts in the library: ${await library.getByTestId('result-count').innerText()}`);
  await library.screenshot({ path: join(folder, 'library-posts.png') });
  await exportBundle(library, browser.downloads, folder);
  await library.getByTestId('row').first().dblclick();
  await library.getByTestId('drawer').waitFor();
  await library.waitForTimeout(300);
  await library.screenshot({ path: join(folder, 'library-detail.png') });
  await library.getByTestId('drawer-close').click();
  for (const view of ['hashtags', 'keywords', 'authors']) {
    await show(view, 'report-basis');
    await library.waitForTimeout(300);
    await library.screenshot({ path: join(folder, `library-${view}.png`) });
  }
  await library.close();
}

/** The dialog of an export as it begins, and the bundle that it makes of the table. */
async function exportBundle(library: Page, downloads: string, folder: string): Promise<void> {
  await library.getByTestId('export-result').click();
  const preview = library.locator('[data-testid="export-table"][data-loading="false"] tbody tr');
  await preview.first().waitFor();
  await library.waitForTimeout(300);
  await library.screenshot({ path: join(folder, 'library-export.png') });
  await library.getByTestId('export-format').selectOption('bundle');
  await preview.first().waitFor();
  await library.getByTestId('export-run').click();
  await library.getByTestId('export-done').waitFor();
  await library.waitForTimeout(300);
  await library.screenshot({ path: join(folder, 'library-exported.png') });
  console.log(
    `  a bundle: ${(await library.getByTestId('export-done').locator('li').first().innerText()).replaceAll('\n', ' ')}`,
  );
  // The page hands the file to the browser, which takes a moment to name it.
  for (let round = 0; round < 200; round++) {
    const name = readdirSync(downloads).find((one) => one.endsWith('.zip'));
    if (name !== undefined) {
      copyFileSync(join(downloads, name), join(folder, name));
      break;
    }
    await library.waitForTimeout(50);
  }
  await library.getByTestId('export-leave').click();
}

/** A list is pasted, priced, started, and done. */
async function runJob(library: Page, world: World, folder: string): Promise<void> {
  const first = library.getByTestId('job-begin-batch');
  const another = library.getByTestId('job-new');
  await first.or(another).first().waitFor();
  await ((await first.isVisible()) ? first : another).click();
  const list = [
    world.ids.douyin.video,
    ...world
      .postsOf('douyin')
      .slice(0, 5)
      .map(({ id }) => id),
  ];
  await library.getByTestId('job-list').fill(list.map((id) => `https://www.douyin.com/video/${id}`).join('\n'));
  await library.getByTestId('job-calls-gateway').waitFor();
  console.log(
    `  before: ${(await library.getByTestId('job-preview').innerText()).split('\n').filter(Boolean).slice(0, 3).join(' · ')}`,
  );
  await library.waitForTimeout(300);
  await library.screenshot({ path: join(folder, 'library-new-job.png'), fullPage: true });
  await library.getByTestId('job-start').click();
  await library.locator('[data-testid="job"][data-state="done"]').first().waitFor();
  console.log(`  after:  ${(await library.getByTestId('job-progress').first().innerText()).replaceAll('\n', ' ')}`);
  await library.waitForTimeout(300);
  await library.screenshot({ path: join(folder, 'library-jobs.png') });
}
