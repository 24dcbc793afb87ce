/** Sends the JSON that the server put into the document to the worker, as it stands there, once per document. */
import { type EmbeddedBlock, maximumRelayed } from '../core/page-data.ts';
import { isOrphaned, send } from '../messaging/client.ts';
import type { PageUpdate } from '../messaging/protocol.ts';
import type { Site } from '../sites/site.ts';

/** More than a page ever had; and no message may be larger than 64 MB, at up to 3 bytes per character. */
const maximumBlocks = 40;
const maximumTotal = 16 * 1024 * 1024;
/** The browser may just be starting the worker. */
const retryMs = [300, 2_000];

export interface BlockSender {
  /** The document is shown anew, from the back/forward cache. */
  readonly sendAgain: () => void;
  readonly stop: () => void;
}

interface SenderSurroundings {
  readonly site: Site;
  /** Resolves when the worker knows the page. */
  readonly known: Promise<void>;
  /** Unix ms with fraction since when the document is shown. */
  readonly shownAt: () => number;
  /** Unix ms since when the document is there. */
  readonly loadedAt: number;
  readonly accept: (update: PageUpdate) => void;
}

/** Sends when the document is read, and once more when it is loaded if more has come: Douyin's blocks are a stream. */
export function sendBlocks({ site, known, shownAt, loadedAt, accept }: SenderSurroundings): BlockSender {
  const stopped = new AbortController();
  let sentLength = 0;

  function look(): void {
    // Taken now, before the page's own scripts can tidy up; sent when the worker knows the page.
    const blocks = fitting(site.embedded(document));
    const length = blocks.reduce((sum, { text }) => sum + text.length, 0);
    if (length <= sentLength) return;
    sentLength = length;
    void deliver(location.href, blocks);
  }

  async function deliver(url: string, blocks: readonly EmbeddedBlock[]): Promise<void> {
    await known;
    for (const wait of [...retryMs, null]) {
      if (stopped.signal.aborted || isOrphaned()) return;
      try {
        accept(await send('page.blocks', { url, shownAt: shownAt(), loadedAt, blocks: [...blocks] }));
        return;
      } catch {
        if (wait !== null) await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  const options = { once: true, signal: stopped.signal };
  if (document.readyState === 'loading') document.addEventListener('readystatechange', look, options);
  else look();
  if (document.readyState !== 'complete') window.addEventListener('load', look, options);
  return {
    sendAgain: () => {
      sentLength = 0;
      look();
    },
    stop: () => stopped.abort(),
  };
}

function fitting(blocks: readonly EmbeddedBlock[]): EmbeddedBlock[] {
  let total = 0;
  return blocks
    .filter(({ text }) => {
      const fits = text !== '' && text.length <= maximumRelayed && total + text.length <= maximumTotal;
      if (fits) total += text.length;
      return fits;
    })
    .slice(0, maximumBlocks);
}
