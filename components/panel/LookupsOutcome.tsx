import type { Lookups } from '../api-lists.ts';
import { useTranslate } from '../hooks.tsx';
import { Notice } from '../parts/basics.tsx';
import { ErrorNotice, errorText } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { distinctErrors } from './lookup-errors.ts';

/** How far a run of lookups is, with a way to stop it, and what became of it. */
export function LookupsOutcome(props: { lookups: Lookups }) {
  const t = useTranslate();
  const { state, stop, dismiss } = props.lookups;
  const count = (value: number) => new Intl.NumberFormat(t.locale).format(value);
  if (state.step === 'idle') return null;
  if (state.step === 'failed') return <ErrorNotice error={state.error} />;
  if (state.step === 'running') {
    const text = t('lookups_progress', count(state.done), count(state.refs.length));
    return (
      <div class="stack small" data-testid="lookups-running">
        <div class="row spread">
          <span class="number" role="status">
            {state.stopping ? t('lookups_stopping') : text}
          </span>
          <button
            type="button"
            class="button compact"
            disabled={state.stopping}
            data-testid="lookups-stop"
            onClick={stop}
          >
            <Icon name="stop" />
            {t('action_stop')}
          </button>
        </div>
        <div
          class="meter"
          role="progressbar"
          aria-label={t('selection_look_up')}
          aria-valuemin={0}
          aria-valuemax={state.refs.length}
          aria-valuenow={state.done}
        >
          <div class="meter-data" style={{ width: `${(100 * state.done) / Math.max(1, state.refs.length)}%` }} />
        </div>
      </div>
    );
  }
  return (
    <Notice tone={state.errors.length > 0 ? 'warn' : 'good'} live testid="lookups-done" onClose={dismiss}>
      <p class="number">
        {[
          t('lookups_done', count(state.found)),
          state.errors.length > 0 && t('lookups_failed', count(state.errors.length)),
          state.stopped > 0 && t('lookups_not_asked', count(state.stopped)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {distinctErrors(state.errors).map(({ error, times }) => (
        <p class="small" key={`${error.provider} ${error.code} ${error.advice}`}>
          <span class="number">{count(times)} × </span>
          {errorText(t, error)}
        </p>
      ))}
    </Notice>
  );
}
