/** How the files would begin, asked again as the choices change. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import type { ExportChoices, TableId } from '../../lib/core/export-choices.ts';
import type { ExportPreview } from '../../lib/messaging/protocol.ts';
import type { ExportHost } from './host.ts';
import { createNewest } from './newest.ts';

/** Choices change in quick succession, as while something is typed: so long (ms) they are waited for. */
const settleMs = 250;

export interface PreviewState {
  /** The last one stays while a newer one is asked for. */
  readonly value: ExportPreview | null;
  readonly error: WireError | null;
  readonly loading: boolean;
}

interface Question {
  readonly host: ExportHost;
  readonly scope: string;
  readonly choices: ExportChoices;
  readonly table: TableId | null;
}

/**
 * `choices` null: there is nothing to ask. `paused`: not now, what is there stays. `host` must be the same as long as it
 * offers the same.
 */
export function usePreview(
  host: ExportHost,
  scope: string,
  choices: ExportChoices | null,
  table: TableId | null,
  paused: boolean,
): PreviewState {
  const [state, setState] = useState<PreviewState>({ value: null, error: null, loading: true });
  const first = useRef(true);
  const [newest] = useState(() => createNewest(askFor, (answer: Answer) => setState({ ...answer, loading: false })));
  useEffect(() => () => newest.want(null), [newest]);

  useEffect(() => {
    newest.want(null);
    if (paused) return;
    if (!choices) {
      setState({ value: null, error: null, loading: false });
      return;
    }
    setState((before) => ({ ...before, loading: true }));
    const question = { host, scope, choices, table };
    const timer = setTimeout(() => newest.want(question), first.current ? 0 : settleMs);
    first.current = false;
    return () => clearTimeout(timer);
  }, [newest, host, scope, choices, table, paused]);
  return state;
}

type Answer = Pick<PreviewState, 'value' | 'error'>;

async function askFor({ host, scope, choices, table }: Question): Promise<Answer> {
  try {
    return { value: await host.preview(scope, choices, table), error: null };
  } catch (problem) {
    return { value: null, error: toAppError(problem).toWire() };
  }
}
