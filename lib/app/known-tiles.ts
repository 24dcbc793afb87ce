/** What the worker says of the page's tiles, kept for as long as the document, so that a tile that returns is drawn at once. */
import { isOrphaned, send } from '../messaging/client.ts';
import type { PageUpdate, TileModel } from '../messaging/protocol.ts';
import type { RefKey } from '../core/ref.ts';

const maximumKept = 5_000;
/** The worker takes no more in one message. */
const maximumAsked = 2_000;
/** A change seldom comes alone: saving a page changes everything on it. */
const togetherMs = 100;

export interface KnownTiles {
  readonly get: (key: RefKey) => TileModel | undefined;
  /** Takes over what the worker said; tells which are different from before. */
  readonly put: (models: readonly TileModel[]) => readonly RefKey[];
  /** Asks for those that nothing is known of. */
  readonly want: (keys: readonly RefKey[]) => void;
  /** Asks again, for these and for what belongs to no tile: the bar. */
  readonly refresh: (keys: readonly RefKey[]) => void;
  readonly clear: () => void;
  readonly stop: () => void;
}

interface ModelSurroundings {
  /** Resolves once the worker has answered the last report: only then does it know what the page shows. */
  readonly reported: () => Promise<void>;
  readonly accept: (update: PageUpdate) => void;
}

export function createKnownTiles({ reported, accept }: ModelSurroundings): KnownTiles {
  const models = new Map<RefKey, TileModel>();
  const asked = new Set<RefKey>();
  const wanted = new Set<RefKey>();
  const changed = new Set<RefKey>();
  let stopped = false;
  let wanting = false;
  let refreshing: ReturnType<typeof setTimeout> | undefined;

  async function ask(keys: readonly RefKey[]): Promise<void> {
    if (stopped || isOrphaned()) return;
    try {
      accept(await send('overlay.tiles', { refs: [...keys] }));
    } catch {
      // Asked again when the tile is met again.
      for (const key of keys) asked.delete(key);
    }
  }

  async function askForWanted(): Promise<void> {
    await reported();
    wanting = false;
    // The report's answer may have said them already.
    const keys = [...wanted].filter((key) => !models.has(key)).slice(0, maximumAsked);
    wanted.clear();
    for (const key of keys) asked.add(key);
    if (keys.length > 0) await ask(keys);
  }

  return {
    get: (key) => models.get(key),
    put: (given) => {
      const different: RefKey[] = [];
      for (const model of given) {
        const before = models.get(model.ref);
        // The latest is the last, and the first goes.
        models.delete(model.ref);
        models.set(model.ref, model);
        if (!before || JSON.stringify(before) !== JSON.stringify(model)) different.push(model.ref);
      }
      for (const key of models.keys()) {
        if (models.size <= maximumKept) break;
        models.delete(key);
        asked.delete(key);
      }
      return different;
    },
    want: (keys) => {
      for (const key of keys) if (!models.has(key) && !asked.has(key)) wanted.add(key);
      if (wanted.size === 0 || wanting) return;
      wanting = true;
      void askForWanted();
    },
    refresh: (keys) => {
      for (const key of keys) changed.add(key);
      refreshing ??= setTimeout(() => {
        refreshing = undefined;
        const all = [...changed].slice(0, maximumAsked);
        changed.clear();
        void ask(all);
      }, togetherMs);
    },
    clear: () => {
      models.clear();
      asked.clear();
    },
    stop: () => {
      stopped = true;
      clearTimeout(refreshing);
    },
  };
}
