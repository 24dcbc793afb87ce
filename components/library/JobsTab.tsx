import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import { parseRefKey, type RefKey } from '../../lib/core/ref.ts';
import { recordTypes } from '../../lib/core/record.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { useLibrary } from './service.tsx';
import { useWorkspace } from './workspace.tsx';

type JobsView = typeof import('./jobs/JobsView.tsx').JobsView;

/** Jobs and alerts, loaded when they are first looked at. */
export function JobsTab() {
  const { service } = useLibrary();
  const { go, handover, handOver, selected } = useWorkspace();
  const [view, setView] = useState<{ readonly Jobs: ComponentType<Parameters<JobsView>[0]> } | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  useEffect(() => {
    import('./jobs/JobsView.tsx').then(
      (module) => setView({ Jobs: module.JobsView }),
      (problem: unknown) => setError(toAppError(problem).toWire()),
    );
  }, []);
  const open = (ref: RefKey) => {
    const type = recordTypes.find((candidate) => candidate === parseRefKey(ref)?.kind);
    if (type) go({ view: 'records', type, open: ref });
  };
  if (!view)
    return (
      <div class="report-frame">{error ? <ErrorNotice error={error} /> : <div class="skeleton report-skeleton" />}</div>
    );
  return (
    <div class="report-frame">
      <view.Jobs
        service={service}
        selection={handover?.refs ?? selected}
        begin={handover?.kind}
        onBegun={() => handOver(null)}
        onOpen={open}
      />
    </div>
  );
}
