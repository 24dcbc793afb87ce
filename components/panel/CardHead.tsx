import type { Availability } from '../../lib/core/record.ts';
import { useTranslate } from '../hooks.tsx';
import { CopyButton, OutsideLink } from '../parts/basics.tsx';
import { Icon } from '../parts/Icon.tsx';

/** What it is, whether it can still be seen, and its id and address. */
export function CardHead(props: {
  kind: string;
  id: string;
  url: string | null;
  availability: Availability;
  loading: boolean;
  badge?: string | undefined;
}) {
  const t = useTranslate();
  return (
    <div class="card-head">
      <div class="row">
        <span class="badge accent">{props.kind}</span>
        {props.availability !== 'ok' && (
          <span class={props.availability === 'unknown' ? 'badge' : 'badge bad'} data-testid="availability">
            {t(`availability_${props.availability}`)}
          </span>
        )}
        {props.badge && <span class="badge">{props.badge}</span>}
      </div>
      <div class="card-id small">
        <span class="mono quiet" data-testid="item-id">
          {props.id}
        </span>
        <CopyButton text={props.id} label={t('action_copy_id')} iconOnly compact testid="copy-id" />
        {props.url && (
          <OutsideLink href={props.url} testid="open-item">
            <Icon name="external" />
            <span class="unseen">{t('action_open_item')}</span>
          </OutsideLink>
        )}
      </div>
    </div>
  );
}
