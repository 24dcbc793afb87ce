import type { Progress } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';

/** How far something long is, in words and as a meter. */
export function ProgressLine(props: { label: string; progress: Progress | null }) {
  const t = useTranslate();
  const { done, total } = props.progress ?? { done: 0, total: null };
  const share = total ? Math.min(1, done / total) : 0;
  const number = new Intl.NumberFormat(t.locale);
  const count = number.format(done);
  return (
    <div class="stack small" data-testid="progress">
      <p class="row spread" role="status">
        <span class="user-text">{props.label}</span>
        <span class="number quiet">{total === null ? count : t('library_count_of', count, number.format(total))}</span>
      </p>
      <div
        class={total === null ? 'meter unknown' : 'meter'}
        role="progressbar"
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        aria-valuenow={total === null ? undefined : done}
      >
        <div class="meter-data" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
