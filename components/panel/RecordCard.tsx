import { formatDuration } from '../../lib/analysis/format.ts';
import type { AnyRecord } from '../../lib/core/record.ts';
import { parseRefKey } from '../../lib/core/ref.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import type { Entry } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { FigureGrid } from '../parts/Figures.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Provenance } from '../parts/Provenance.tsx';
import { Time } from '../parts/Time.tsx';
import { languageName, missingText, regionName } from '../show.ts';
import { CardHead } from './CardHead.tsx';
import { FactRow } from './FactRow.tsx';
import { Images } from './Images.tsx';
import { LongText } from './LongText.tsx';
import { bylineOf, recordTitle } from './names.ts';
import { type Manner, recordShape, shapeFigures } from './record-shapes.ts';

/** Everything that is known of an author, comment, live room …: what is not a post or a product. */
export function RecordCard(props: { record: AnyRecord; entry: Entry }) {
  const t = useTranslate();
  const { record, entry } = props;
  const shape = recordShape(record.record_type);
  const values = new Map<string, unknown>(Object.entries(record));
  const facts = shape.facts.flatMap(([field, manner]) => {
    const shown = factOf(t, values.get(field), manner);
    return shown === null ? [] : [{ field, manner, shown }];
  });
  const text = shape.text === undefined ? null : values.get(shape.text);
  const title = recordTitle(record);
  const byline = bylineOf(record);
  const images = 'image_urls' in record ? record.image_urls : [];
  const figures = shapeFigures(record, t.locale);
  return (
    <>
      <section class="card stack" data-testid={`${record.record_type}-card`}>
        <CardHead
          kind={t(`kind_${record.record_type}`)}
          id={parseRefKey(entry.ref)?.id ?? entry.ref}
          url={entry.url}
          availability={record.availability}
          loading={entry.status === 'loading'}
        />
        <div class="post-by">
          {title ? (
            <div class="record-title">
              <LongText text={title} testid="record-title" />
            </div>
          ) : (
            <p class="quiet">{t('unknown_because', t('name_unknown'), missingText(t, record, 'title'))}</p>
          )}
          {(byline || ('author_verified' in record && record.author_verified)) && (
            <p class="quiet">
              {byline && <bdi class="user-text">{byline}</bdi>}
              {'author_verified' in record && record.author_verified && (
                <span class="verified" title={t('author_verified')}>
                  <Icon name="check" />
                  <span class="unseen">{t('author_verified')}</span>
                </span>
              )}
            </p>
          )}
        </div>
        {typeof text === 'string' && text !== '' && <LongText text={text} testid="record-text" />}
        <FigureGrid record={record} figures={figures} label={t('figures_title')} differences={entry.differences} />
        {images.length > 0 && <Images urls={images} what="images" />}
        {facts.length > 0 && (
          <dl class="facts" data-testid="record-facts">
            {facts.map(({ field, manner, shown }) => (
              <FactRow key={field} label={t(`field_${field}`)}>
                <span class={manner === 'id' ? 'mono user-text' : 'user-text'}>{shown}</span>
              </FactRow>
            ))}
          </dl>
        )}
      </section>
      <section class="card">
        <Provenance record={record} observationCount={entry.observationCount} />
      </section>
    </>
  );
}

/** Null where the source said nothing. */
function factOf(t: Translate, value: unknown, manner: Manner) {
  if (typeof value === 'boolean') return manner === 'flag' ? t(value ? 'yes' : 'no') : null;
  if (typeof value === 'number') {
    if (manner === 'duration') return formatDuration(value);
    return manner === 'time' || manner === 'id-time' ? <Time at={value} estimate={manner === 'id-time'} /> : null;
  }
  if (typeof value !== 'string' || value === '' || value === 'unknown') return null;
  if (manner === 'language') return languageName(t, value);
  if (manner === 'region') return regionName(t, value);
  return manner === 'state' ? t(`state_${value}`) : value;
}
