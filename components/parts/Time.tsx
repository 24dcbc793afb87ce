import { formatTime } from '../../lib/analysis/format.ts';
import { useNow, useTimeZone, useTranslate } from '../hooks.tsx';
import { ageText } from '../show.ts';

/** A moment in the reader's zone; UTC on hover. `estimate` marks times read from an id. */
export function Time(props: { at: number; estimate?: boolean; withAge?: boolean }) {
  const t = useTranslate();
  const zone = useTimeZone();
  const now = useNow();
  const iso = new Date(props.at).toISOString();
  return (
    <time class="number" dateTime={iso} title={iso}>
      {props.estimate && '≈ '}
      {formatTime(props.at, zone, t.locale)}
      {props.withAge && <span class="quiet"> ({ageText(t, props.at, now)})</span>}
    </time>
  );
}
