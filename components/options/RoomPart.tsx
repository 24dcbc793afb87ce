import type { StorageRoom } from '../../lib/messaging/protocol.ts';
import { type Query, useTranslate } from '../hooks.tsx';
import { Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Time } from '../parts/Time.tsx';
import { sizeText } from '../show.ts';

/** How much of the browser's room is used; where there is none left, since when, and what to do. */
export function RoomPart(props: { room: Query<StorageRoom> }) {
  const t = useTranslate();
  const { value, error, reload } = props.room;
  if (!value) return error && <ErrorNotice error={error} onRetry={reload} />;
  const { used, quota, fullSince } = value;
  const size = (bytes: number) => sizeText(bytes, t.locale);
  const text = used === null ? t('room_unknown') : quota === null ? size(used) : t('room_of', size(used), size(quota));
  const share = used === null || !quota ? null : Math.min(1, used / quota);
  return (
    <div class="stack" data-testid="room">
      <div class="quota">
        <p class="row spread small">
          <span>{t('room_used')}</span>
          <span class="quiet number" data-testid="room-used">
            {text}
          </span>
        </p>
        {share !== null && (
          <div
            class="quota-bar"
            role="meter"
            aria-label={t('room_used')}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(share * 100)}
            aria-valuetext={text}
          >
            <div
              class={share > 0.9 ? 'quota-used nearly' : 'quota-used'}
              style={{ width: `${used === 0 ? 0 : Math.max(share * 100, 1)}%` }}
            />
          </div>
        )}
      </div>
      {fullSince !== null && (
        <Notice tone="bad" title={t('room_full_title')} live testid="room-full">
          <p>
            {t('room_full_since')} <Time at={fullSince} withAge />
          </p>
          <p>{t('room_full_text')}</p>
        </Notice>
      )}
    </div>
  );
}
