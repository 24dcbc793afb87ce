/** Exports as the views see them: what was chosen last, how a page's files would begin, and the files. */
import { useCallback, useMemo, useState } from 'preact/hooks';
import type { ExportChoices } from '../lib/core/export-choices.ts';
import type { PartOfPage, Progress } from '../lib/messaging/protocol.ts';
import { knownChoices } from './export/choices.ts';
import type { ExportHost, ExportScope } from './export/host.ts';
import { useQuery, useSurroundings } from './hooks.tsx';

export interface LastChoices {
  /** The choices of the last export; null until they are known. */
  readonly choices: ExportChoices | null;
  /** Makes them those of the one click. Rejects with AppError. */
  readonly choose: (choices: ExportChoices) => Promise<void>;
}

/** What the one click exports, and the dialog begins with. */
export function useLastChoices(): LastChoices {
  const { host } = useSurroundings();
  const { value } = useQuery(
    host,
    'export choices',
    () => host.send('export.choices', {}),
    () => false,
  );
  const [chosen, setChosen] = useState<ExportChoices | null>(null);
  const choose = useCallback(
    async (choices: ExportChoices) => {
      await host.send('export.choose', choices);
      setChosen(choices);
    },
    [host],
  );
  const last = chosen ?? value;
  const choices = useMemo(() => last && knownChoices(last), [last]);
  return { choices, choose };
}

/** A part of a tab's page that can be exported. */
export interface PageScope extends ExportScope {
  readonly part: Omit<PartOfPage, 'tabId'>;
}

/** The dialog's host on a page of a tab. */
export function usePageExport(tabId: number, scopes: readonly PageScope[]): ExportHost {
  const { host } = useSurroundings();
  return useMemo(() => {
    const partOf = (id: string): PartOfPage => {
      const scope = scopes.find((one) => one.id === id) ?? scopes[0];
      return { tabId, scope: 'page', ...scope?.part };
    };
    const told = async <Value>(progress: (progress: Progress) => void, run: () => Promise<Value>): Promise<Value> => {
      const end = host.subscribe((event) => {
        if (event.event === 'export.progress' && event.tabId === tabId) progress(event);
      });
      try {
        return await run();
      } finally {
        end();
      }
    };
    return {
      scopes,
      preview: (scope, choices, table) => host.send('export.preview', { ...partOf(scope), choices, table }),
      run: (scope, choices, progress) => told(progress, () => host.send('export.run', { ...partOf(scope), choices })),
      send: (scope, choices, destination, progress) =>
        told(progress, () => host.send('export.send', { ...partOf(scope), choices, destination })),
      stop: async () => void (await host.send('export.stop', {})),
    };
  }, [host, tabId, scopes]);
}
