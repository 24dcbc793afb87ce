/** One click → files: which things of a page are in them, and with what choices. How they are written: write-export.ts. */
import { AppError } from '../core/errors.ts';
import type { ExportChoices, TableId } from '../core/export-choices.ts';
import { parseRefKey, type RefKey } from '../core/ref.ts';
import type {
  ExportedFile,
  ExportPreview,
  FileRequest,
  PageView,
  PartOfPage,
  SentFile,
} from '../messaging/protocol.ts';
import { getList, type PageList, type SessionDatabase } from '../storage/session-buffer.ts';
import { refsOfList } from './page-list.ts';
import { pageAddress } from './page-state.ts';
import { refsOfView } from './page-view.ts';
import { exportCancelled } from './write-export.ts';

/** What is exported: the whole page, the item that the researcher looks at, or these. */
export type ExportScope =
  | { readonly scope: 'page' | 'current' }
  | { readonly scope: 'selection'; readonly refs: readonly RefKey[] };

/** The things that the files of an export hold, in their order, each once. */
export function refsToExport(view: PageView, what: ExportScope): readonly RefKey[] {
  if (what.scope === 'page') return refsOfView(view);
  if (what.scope === 'selection') return [...new Set(what.refs)];
  const current = view.current ?? view.refs[0];
  const isItem = /^(?:post|product)$/u.test(parseRefKey(current ?? '')?.kind ?? '');
  return current && isItem ? [current] : [];
}

/** What the files of one export share. */
export type ExportSurroundings = Pick<FileRequest, 'now' | 'timeZone' | 'extensionVersion' | 'project'>;

export interface ExportDependencies {
  readonly session: () => Promise<SessionDatabase>;
  readonly view: (tabId: number) => Promise<PageView | null>;
  readonly surroundings: () => Promise<ExportSurroundings>;
  /** What was chosen last. */
  readonly choices: () => Promise<ExportChoices>;
  /** Makes the files where object URLs exist, and saves them. */
  readonly saveFiles: (request: FileRequest, signal: AbortSignal) => Promise<readonly ExportedFile[]>;
  readonly sendFiles: (request: FileRequest, destination: string, signal: AbortSignal) => Promise<readonly SentFile[]>;
  readonly previewFiles: (request: FileRequest, table: TableId | null) => Promise<ExportPreview>;
  /** Ends the making and sending of files that is under way where they are made. */
  readonly stopFiles: () => Promise<unknown>;
}

export interface PageExports {
  /**
   * Saves what was chosen of a page as files; without choices as it was done last. Throws AppError `not_found` where there
   * is nothing to write, `cancelled`, and for choices that are not possible.
   */
  run(part: PartOfPage, choices?: ExportChoices): Promise<readonly ExportedFile[]>;
  preview(part: PartOfPage, choices: ExportChoices, table: TableId | null): Promise<ExportPreview>;
  /** Sends the files to a destination, each once. */
  send(part: PartOfPage, choices: ExportChoices, destination: string): Promise<readonly SentFile[]>;
  /** Ends what is being saved or sent, which rejects with `cancelled`, wherever it is by then. */
  stop(): Promise<void>;
}

export function createPageExports(dependencies: ExportDependencies): PageExports {
  const running = new Set<AbortController>();

  /** Files of a page: what they are made of is looked up first, and may take a while. */
  async function withFiles<Value>(
    part: PartOfPage,
    choices: () => Promise<ExportChoices>,
    use: (request: FileRequest, signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    const stop = new AbortController();
    running.add(stop);
    try {
      const request = await requestFor(part, await choices());
      if (stop.signal.aborted) throw exportCancelled();
      return await use(request, stop.signal);
    } finally {
      running.delete(stop);
    }
  }

  async function requestFor(part: PartOfPage, choices: ExportChoices): Promise<FileRequest> {
    const surroundings = await dependencies.surroundings();
    const place = part.listKey === undefined ? await ofPage(part) : await ofList(part, part.listKey);
    if (place.refs.length === 0) throw nothingToExport();
    return { ...place, refs: [...place.refs], choices, tabId: part.tabId, ...surroundings };
  }

  async function ofPage({ tabId, scope, refs = [] }: PartOfPage) {
    const view = await dependencies.view(tabId);
    if (!view) throw nothingToExport();
    return {
      refs: refsToExport(view, scope === 'selection' ? { scope, refs } : { scope }),
      listKey: view.listKey,
      pageUrl: pageAddress(view.url),
      isOfOne: scope === 'current',
    };
  }

  /** The same for a list of an API: all of it, or what is selected of it. */
  async function ofList({ tabId, scope, refs = [] }: PartOfPage, listKey: string) {
    const list: PageList | null = await getList(await dependencies.session(), tabId, listKey);
    if (!list?.api) throw nothingToExport();
    return {
      refs: scope === 'selection' ? [...new Set(refs)] : refsOfList(list),
      listKey,
      // A search of an API is of no page.
      pageUrl: list.url === '' ? null : pageAddress(list.url),
      isOfOne: false,
    };
  }

  return {
    run: (part, choices) => withFiles(part, async () => choices ?? dependencies.choices(), dependencies.saveFiles),
    send: (part, choices, destination) =>
      withFiles(
        part,
        async () => choices,
        (request, signal) => dependencies.sendFiles(request, destination, signal),
      ),
    async preview(part, choices, table) {
      return dependencies.previewFiles(await requestFor(part, choices), table);
    },
    async stop() {
      for (const stop of running) stop.abort();
      await dependencies.stopFiles();
    },
  };
}

function nothingToExport(): AppError {
  return new AppError('not_found', 'Nothing on this page can be exported.', { advice: 'error_nothing_to_export' });
}
