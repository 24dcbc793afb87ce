import { defineContentScript } from 'wxt/utils/define-content-script';
import { startPageTap } from '../lib/app/page-tap.ts';

// `matches` comes from wxt.config.ts: naming the sites here would put all of them into the page's own world.
export default defineContentScript({
  runAt: 'document_start',
  allFrames: false,
  world: 'MAIN',
  main: () => startPageTap(globalThis),
});
