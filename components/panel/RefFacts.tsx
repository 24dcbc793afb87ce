import type { EntityRef } from '../../lib/core/ref.ts';
import type { Entry } from '../../lib/messaging/protocol.ts';
import { useTimeZone, useTranslate } from '../hooks.tsx';
import { CopyButton, OutsideLink } from '../parts/basics.tsx';
import { Time } from '../parts/Time.tsx';
import { zoneName } from '../show.ts';

/** What a ref says by itself, without asking anyone: kind, id, address, and the time in the id. */
export function RefFacts(props: { refOf: EntityRef; entry: Entry }) {
  const t = useTranslate();
  const zone = useTimeZone();
  const { refOf, entry } = props;
  return (
    <section class="card stack" data-testid="ref-facts">
      <div class="row">
        <span class="badge accent">{t(`kind_${refOf.kind}`)}</span>
        <span class="quiet small">{t(`platform_${refOf.platform}`)}</span>
      </div>
      <dl class="facts">
        <dt>{t('field_id')}</dt>
        <dd class="copyable">
          <span class="mono user-text">{refOf.id}</span>
          <CopyButton text={refOf.id} label={t('action_copy_id')} iconOnly compact testid="copy-id" />
        </dd>
        {entry.url && (
          <>
            <dt>{t('field_url')}</dt>
            <dd>
              <OutsideLink href={entry.url} testid="canonical-link">
                {withoutScheme(entry.url)}
              </OutsideLink>
            </dd>
          </>
        )}
        {entry.idTime !== null && (
          <>
            <dt>{t('field_id_time')}</dt>
            <dd data-testid="id-time">
              <Time at={entry.idTime} estimate />
              <p class="small quiet">{t('id_time_help')}</p>
              <p class="small quiet">{t('zone_note', zoneName(t, zone))}</p>
            </dd>
          </>
        )}
      </dl>
      {refOf.kind === 'short_link' && <p class="small quiet">{t('short_link_help')}</p>}
    </section>
  );
}

/** An address as people read it; percent-encoded names in their own script. */
function withoutScheme(url: string): string {
  const text = url.replace(/^https:\/\/(www\.)?/u, '');
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}
