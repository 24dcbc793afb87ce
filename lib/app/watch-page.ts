/**
 * The content script: follows what the page shows while Clipscope is not paused. It asks the page for nothing, changes
 * nothing in it, and carries no dictionary and no zod.
 */
import type { ContentScriptContext } from 'wxt/utils/content-script-context';
import { isOrphaned, onWorkerEvent, send } from '../messaging/client.ts';
import type { OverlaySetup } from '../messaging/protocol.ts';
import { siteFor } from '../sites/index.ts';
import { followPage, type PageSurfaces } from './follow-page.ts';
import { silenceTap } from './relay-answers.ts';
import { tapEvents } from './tap-events.ts';

/** How long to wait before the worker is tried again, once, twice and so on: the browser may just be starting it. */
const retryMs = [200, 1_000, 5_000];

/** Starts watching; resolves once the first look at the page is under way. */
export async function watchPage(context: ContentScriptContext, surfaces: PageSurfaces): Promise<void> {
  const site = siteFor(new URL(location.href));
  if (!site) return;
  // Before any waiting: what the page loads meanwhile is newer than what it came with.
  const loadedAt = Date.now();
  await whenShown();
  let setup = await askForSetup(context);
  if (!setup) {
    silenceTap();
    return;
  }
  const first = setup;
  const follow = (): ReturnType<typeof followPage> => followPage(site, loadedAt, () => setup ?? first, surfaces);
  let follower = first.paused ? null : follow();
  const keepSilent = (): void => {
    if (!follower) silenceTap();
  };
  document.addEventListener(tapEvents.ready, keepSilent);
  keepSilent();
  const stopListening = onWorkerEvent((event) => {
    if (event.event === 'record.changed') follower?.refresh([event.ref]);
    if (event.event === 'projects.changed') follower?.refresh([]);
    if (event.event === 'credentials.changed' || event.event === 'data.deleted') follower?.refreshChip();
    if (event.event !== 'settings.changed') return;
    void askForSetup(context).then((changed) => {
      if (!changed) return;
      setup = changed;
      if (changed.paused) {
        follower?.stop();
        follower = null;
      } else {
        follower ??= follow();
        follower.refreshSetup();
      }
    });
  });
  context.onInvalidated(() => {
    stopListening();
    document.removeEventListener(tapEvents.ready, keepSilent);
    follower?.stop();
    follower = null;
  });
}

/** Resolves at once, or when a page that the browser prepared unseen is shown: only then is it a tab's page. */
async function whenShown(): Promise<void> {
  if (!('prerendering' in document) || !document.prerendering) return;
  await new Promise((resolve) => document.addEventListener('prerenderingchange', resolve, { once: true }));
}

/** What the worker says of this page; null once the extension is gone or the worker does not start. */
async function askForSetup(context: ContentScriptContext): Promise<OverlaySetup | null> {
  for (const wait of [...retryMs, null]) {
    if (context.isInvalid || isOrphaned()) return null;
    try {
      return await send('overlay.setup', {});
    } catch {
      if (wait !== null) await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return null;
}
