import { defineContentScript } from 'wxt/utils/define-content-script';
import tileStyles from '../components/overlay/tiles.css?inline';
import { mountOffered } from '../lib/app/overlay-link.ts';
import { watchPage } from '../lib/app/watch-page.ts';
import { siteMatches } from '../lib/sites/index.ts';

export default defineContentScript({
  matches: siteMatches(),
  runAt: 'document_start',
  // Only the top frame is a page that a person reads; embeds and ad frames are not.
  allFrames: false,
  main: (context) => watchPage(context, { mountOverlay: mountOffered, tileStyles }),
});
