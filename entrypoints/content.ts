import { defineContentScript } from 'wxt/utils/define-content-script';
import { createShadowRootUi } from 'wxt/utils/content-script-ui/shadow-root';
import { mountOverlay } from '../components/overlay/mount.tsx';
import { watchPage } from '../lib/app/watch-page.ts';
import { siteMatches } from '../lib/sites/index.ts';

export default defineContentScript({
  matches: siteMatches(),
  runAt: 'document_start',
  // Only the top frame is a page that a person reads; embeds and ad frames are not.
  allFrames: false,
  main: (context) =>
    watchPage(context, async (actions) => {
      // Closed: neither the page nor its scripts can read the figures or press the buttons, which may cost money.
      const ui = await createShadowRootUi(context, {
        name: 'clipscope-overlay',
        mode: 'closed',
        position: 'overlay',
        anchor: 'html',
        zIndex: 2_147_483_000,
        onMount: (_container, shadow) => mountOverlay(shadow, actions),
        onRemove: (overlay) => overlay?.remove(),
      });
      ui.mount();
      return { update: (state) => ui.mounted?.update(state), remove: () => ui.remove(), host: ui.shadowHost };
    }),
});
