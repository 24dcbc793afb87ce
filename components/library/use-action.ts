/** One thing that is done on a press: whether it runs, what came of it, and what went wrong. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';

export type ActionState<Outcome> =
  | { readonly step: 'idle' }
  | { readonly step: 'running' }
  | { readonly step: 'done'; readonly outcome: Outcome }
  | { readonly step: 'failed'; readonly error: WireError };

export interface Action<Outcome> {
  readonly state: ActionState<Outcome>;
  /** Never rejects. */
  readonly run: (work: () => Promise<Outcome>) => Promise<void>;
  readonly dismiss: () => void;
}

/** One at a time: what is pressed while it runs is not done. */
export function useAction<Outcome>(): Action<Outcome> {
  const [state, setState] = useState<ActionState<Outcome>>({ step: 'idle' });
  const running = useRef(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  const run = useCallback(async (work: () => Promise<Outcome>) => {
    if (running.current) return;
    running.current = true;
    setState({ step: 'running' });
    let next: ActionState<Outcome>;
    try {
      next = { step: 'done', outcome: await work() };
    } catch (problem) {
      next = { step: 'failed', error: toAppError(problem).toWire() };
    }
    running.current = false;
    if (mounted.current) setState(next);
  }, []);
  return { state, run, dismiss: useCallback(() => setState({ step: 'idle' }), []) };
}
