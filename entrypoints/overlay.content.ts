import { createShadowRootUi } from 'wxt/utils/content-script-ui/shadow-root';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { drawOverlay } from '../components/overlay/mount.tsx';
import styles from '../components/overlay/overlay.css?inline';
import { offerOverlay } from '../lib/app/overlay-link.ts';
import { addStyles } from '../lib/app/shadow-styles.ts';

// `matches` comes from wxt.config.ts: the sites are in the watching script already.
export default defineContentScript({
  runAt: 'document_start',
  allFrames: false,
  main: (context) =>
    offerOverlay(async (actions) => {
      // Closed: neither the page nor its scripts can read the figures or press the buttons, which may cost money.
      const ui = await createShadowRootUi(context, {
        name: 'clipscope-overlay',
        mode: 'closed',
        position: 'overlay',
        anchor: 'html',
        zIndex: 2_147_483_000,
        onMount: (_container, shadow) => {
          addStyles(shadow, styles);
          return drawOverlay(shadow, actions);
        },
        onRemove: (overlay) => overlay?.remove(),
      });
      ui.mount();
      return { update: (state) => ui.mounted?.update(state), remove: () => ui.remove() };
    }),
});
