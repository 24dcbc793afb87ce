import { useMemo, useRef, useState } from 'preact/hooks';
import { AppError } from '../../lib/core/errors.ts';
import type { RefKey } from '../../lib/core/ref.ts';
import { ExportDialog } from '../export/ExportDialog.tsx';
import type { ExportHost, ExportScope } from '../export/host.ts';
import { useLastChoices } from '../exports.ts';
import { useProjects, useTranslate } from '../hooks.tsx';
import { Icon } from '../parts/Icon.tsx';
import { projectName } from '../parts/StorageLine.tsx';
import { download } from './download.ts';
import { useLibrary } from './service.tsx';

/** Things of the table that can be exported: their number now, and which they are. */
export interface Exportable {
  readonly count: number;
  readonly refs: () => Promise<readonly RefKey[]>;
}

/** The button that opens the dialog of an export, with the selection or the result of the table chosen there. */
export function LibraryExport(props: {
  selection: Exportable;
  result: Exportable;
  begin: 'selection' | 'result';
  testid: string;
}) {
  const t = useTranslate();
  const last = useLastChoices();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        class="button compact"
        disabled={props[props.begin].count === 0}
        aria-haspopup="dialog"
        data-testid={props.testid}
        onClick={() => setOpen(true)}
      >
        <Icon name="download" />
        {t('selection_export')}
      </button>
      {open && <Dialog {...props} last={last} onClose={() => setOpen(false)} />}
    </>
  );
}

function Dialog(
  props: Parameters<typeof LibraryExport>[0] & { last: ReturnType<typeof useLastChoices>; onClose: () => void },
) {
  const host = useLibraryHost(props.selection, props.result);
  return <ExportDialog host={host} scope={props.begin} last={props.last} onClose={props.onClose} />;
}

/** What is exported stays what it was when the dialog was opened, whatever comes into the library meanwhile. */
function useLibraryHost(selection: Exportable, result: Exportable): ExportHost {
  const t = useTranslate();
  const { service, facts } = useLibrary();
  const projects = useProjects();
  const asked = useRef(new Map<string, Promise<readonly RefKey[]>>());
  const opened = useRef({ selection, result, facts });
  return useMemo(() => {
    const now = opened.current;
    const all = now.facts ? Object.values(now.facts.counts).reduce((sum, count) => sum + count, 0) : null;
    const scopes: readonly ExportScope[] = [
      ...(now.selection.count > 0
        ? [{ id: 'selection', label: t('export_scope_selection'), count: now.selection.count }]
        : []),
      { id: 'result', label: t('export_scope_result'), count: now.result.count },
      ...(projects.value ?? []).map((project) => ({
        id: `project:${project.id}`,
        label: t('export_scope_project', projectName(t, project)),
        count: null,
      })),
      { id: 'everything', label: t('export_scope_everything'), count: all },
    ];
    const read = (scope: string): Promise<readonly RefKey[]> => {
      if (scope === 'selection') return now.selection.refs();
      if (scope === 'result') return now.result.refs();
      return service.things(scope === 'everything' ? null : scope.slice('project:'.length));
    };
    const refsOf = (scope: string): Promise<readonly RefKey[]> => {
      const refs = asked.current.get(scope) ?? read(scope);
      asked.current.set(scope, refs);
      // A question that failed is asked anew.
      refs.catch(() => asked.current.delete(scope));
      return refs;
    };
    let stopped = false;
    return {
      scopes,
      preview: async (scope, choices, table) => service.previewExport(await refsOf(scope), choices, table),
      run: async (scope, choices, progress) => {
        stopped = false;
        const refs = await refsOf(scope);
        if (stopped) throw cancelled();
        const files = await service.export(refs, choices, progress);
        // Cancelled in its last moment: what is done by then is not wanted any more.
        if (stopped) throw cancelled();
        for (const file of files) download(file);
        return files.map(({ name, rows, skipped }) => ({ name, rows, ...(skipped ? { skipped } : {}) }));
      },
      send: async (scope, choices, destination, progress) => {
        stopped = false;
        const refs = await refsOf(scope);
        if (stopped) throw cancelled();
        return service.send(refs, choices, destination, progress);
      },
      stop: () => {
        stopped = true;
        return service.stopExport();
      },
    };
  }, [t, service, projects.value]);
}

function cancelled(): AppError {
  return new AppError('cancelled', 'The export was cancelled.');
}
