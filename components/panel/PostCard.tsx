import { formatDuration } from '../../lib/analysis/format.ts';
import type { PostRecord } from '../../lib/core/record.ts';
import type { Entry } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { Disclosure, OutsideLink } from '../parts/basics.tsx';
import { FigureGrid, figuresOf } from '../parts/Figures.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Provenance } from '../parts/Provenance.tsx';
import { Time } from '../parts/Time.tsx';
import { languageName, missingText, regionName } from '../show.ts';
import { CardHead } from './CardHead.tsx';
import { FactRow } from './FactRow.tsx';
import { Hashtags } from './Hashtags.tsx';
import { Images } from './Images.tsx';
import { LongText } from './LongText.tsx';
import { Metrics } from './Metrics.tsx';
import { PostLabels } from './PostLabels.tsx';

const mainFigures = ['view_count', 'like_count', 'comment_count', 'share_count', 'save_count'];
const furtherFigures = ['repost_count', 'download_count', 'forward_count', 'recommend_count'];
const authorFigures = [
  'author_follower_count',
  'author_following_count',
  'author_likes_received_count',
  'author_post_count',
];

/** Everything that is known of a post. */
export function PostCard(props: { record: PostRecord; entry: Entry }) {
  const t = useTranslate();
  const { record, entry } = props;
  const ofAuthor = figuresOf(record, [], authorFigures);
  const pictures = record.image_urls.length > 0 ? record.image_urls : record.cover_url ? [record.cover_url] : [];
  return (
    <>
      <section class="card stack" data-testid="post-card">
        <CardHead
          kind={record.post_type === 'unknown' ? t('kind_post') : t(`post_type_${record.post_type}`)}
          id={record.post_id}
          url={record.post_url ?? entry.url}
          availability={record.availability}
          loading={entry.status === 'loading'}
        />
        {record.caption ? (
          <div>
            <LongText
              text={record.caption}
              language={record.caption_translated_to ?? record.caption_language}
              testid="caption"
            />
            {record.caption_translated_to && (
              <p class="badge warn" data-testid="translated" title={t('translated_help')}>
                {t('translated_mark', languageName(t, record.caption_translated_to))}
              </p>
            )}
          </div>
        ) : (
          <p class="quiet" data-testid="caption">
            {record.caption === ''
              ? t('caption_empty')
              : t('unknown_because', t('caption_unknown'), missingText(t, record, 'caption'))}
          </p>
        )}
        <PostBy record={record} entry={entry} />
        <FigureGrid
          record={record}
          figures={figuresOf(record, mainFigures, furtherFigures)}
          label={t('figures_title')}
          differences={entry.differences}
        />
        {record.hashtags.length > 0 && <Hashtags platform={record.platform} hashtags={record.hashtags} />}
        {pictures.length > 0 && <Images urls={pictures} what={record.image_urls.length > 0 ? 'images' : 'cover'} />}
      </section>
      <Metrics record={record} />
      <section class="card stack">
        <h2 class="section-title">{t('details_title')}</h2>
        <PostDetails record={record} />
        {record.transcript && (
          <Disclosure summary={t(`transcript_${record.transcript_kind ?? 'unknown'}`)} testid="transcript">
            <LongText text={record.transcript} />
          </Disclosure>
        )}
        {ofAuthor.length > 0 && (
          <Disclosure summary={t('author_title')} testid="author-details">
            <FigureGrid record={record} figures={ofAuthor} label={t('author_title')} differences={entry.differences} />
            {record.author_bio && <p class="user-text pre-line small">{record.author_bio}</p>}
          </Disclosure>
        )}
      </section>
      <section class="card">
        <Provenance record={record} observationCount={entry.observationCount} />
      </section>
    </>
  );
}

function PostBy(props: { record: PostRecord; entry: Entry }) {
  const t = useTranslate();
  const { record, entry } = props;
  const name = record.author_name ?? record.author_handle;
  const idTime = record.created_at_from_id ?? entry.idTime;
  return (
    <div class="post-by">
      {name && (
        <p data-testid="author">
          {record.author_url ? (
            <OutsideLink href={record.author_url}>
              <bdi class="author-name">{name}</bdi>
            </OutsideLink>
          ) : (
            <bdi class="author-name">{name}</bdi>
          )}
          {record.author_verified && (
            <span class="verified" title={t('author_verified')}>
              <Icon name="check" />
              <span class="unseen">{t('author_verified')}</span>
            </span>
          )}
          {record.author_handle && record.author_name && <span class="quiet user-text"> @{record.author_handle}</span>}
        </p>
      )}
      {record.created_at !== null ? (
        <p class="quiet" data-testid="created-at">
          <Time at={record.created_at} withAge />
        </p>
      ) : (
        idTime !== null && (
          <p class="quiet" data-testid="id-time" title={t('id_time_help')}>
            <Time at={idTime} estimate /> <span class="badge">{t('field_id_time')}</span>
          </p>
        )
      )}
      {record.scheduled_at !== null && (
        <p class="quiet small">
          {t('field_scheduled_at')} <Time at={record.scheduled_at} />
        </p>
      )}
    </div>
  );
}

function PostDetails(props: { record: PostRecord }) {
  const t = useTranslate();
  const { record } = props;
  const music = [record.music_title, record.music_author].filter(Boolean).join(' – ');
  const size = record.width && record.height ? ` · ${record.width} × ${record.height}` : '';
  return (
    <dl class="facts" data-testid="post-details">
      {record.duration_ms !== null && (
        <FactRow label={t('field_duration')}>
          <span class="number">
            {formatDuration(record.duration_ms)}
            {size}
          </span>
        </FactRow>
      )}
      {music && (
        <FactRow label={t('field_music')}>
          <span class="user-text">{music}</span>
          {record.music_is_original && <span class="badge">{t('music_original')}</span>}
        </FactRow>
      )}
      {record.mentions.length > 0 && (
        <FactRow label={t('field_mentions')}>
          {record.mentions.map(({ account, origin }) => (
            <div key={account} title={t(`hashtag_origin_${origin}`)}>
              <span class="user-text">{record.platform === 'tiktok' ? `@${account}` : account}</span>{' '}
              <span class="small quiet">{t(`hashtag_origin_${origin}`)}</span>
            </div>
          ))}
        </FactRow>
      )}
      {record.product_ids.length > 0 && (
        <FactRow label={t('field_product_ids')}>
          {record.product_ids.map((id) => (
            <div class="mono" key={id}>
              {id}
            </div>
          ))}
        </FactRow>
      )}
      {record.collection_name && (
        <FactRow label={t('field_collection')}>
          <span class="user-text">{record.collection_name}</span>
        </FactRow>
      )}
      {record.caption_language && (
        <FactRow label={t('field_caption_language')}>{languageName(t, record.caption_language)}</FactRow>
      )}
      {record.region && <FactRow label={t('field_region')}>{regionName(t, record.region)}</FactRow>}
      {record.created_at_from_id !== null && (
        <FactRow label={t('field_id_time')} help={t('id_time_short')}>
          <Time at={record.created_at_from_id} estimate />
        </FactRow>
      )}
      <PostLabels record={record} />
      <FactRow label={t('field_author_id')}>
        <span class="mono user-text">{record.author_id ?? record.author_sec_id ?? t('figure_unknown')}</span>
      </FactRow>
    </dl>
  );
}
