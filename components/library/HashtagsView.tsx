import { useState } from 'preact/hooks';
import type { HashtagPair, HashtagReport, HashtagRow } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { TabPanel, Tabs } from '../parts/Tabs.tsx';
import { countText, missingMark, percentText } from './cell-text.ts';
import { monthsBetween } from './months.ts';
import { reportKey, ReportFrame, useReportQuery, useShowOnly } from './ReportFrame.tsx';
import { type ReportColumn, ReportTable } from './ReportTable.tsx';
import { useReport } from './service.tsx';

/** The hashtags of the posts: how often, how that changed, and what stands beside them. */
export function HashtagsView() {
  const t = useTranslate();
  const query = useReportQuery('post');
  const [part, setPart] = useState<'frequency' | 'pairs'>('frequency');
  const report = useReport<HashtagReport>(reportKey('hashtags', query), async (service) =>
    query ? service.hashtags({ ...query, sort: null }) : none,
  );
  return (
    <ReportFrame
      type="post"
      report={report}
      basis={({ posts }) => t('library_basis_posts', countText(posts, t.locale))}
      help={t('library_hashtags_help')}
      testid="hashtags-view"
    >
      {({ rows, pairs, distinct }) => (
        <>
          <div class="report-choice">
            <Tabs
              name="hashtags"
              label={t('library_view_hashtags')}
              small
              tabs={[
                { id: 'frequency', label: t('library_frequency') },
                { id: 'pairs', label: t('library_pairs') },
              ]}
              active={part}
              onChange={setPart}
            />
          </div>
          <TabPanel name="hashtags" id={part}>
            {part === 'frequency' ? <HashtagTable rows={rows} distinct={distinct} /> : <PairTable pairs={pairs} />}
          </TabPanel>
        </>
      )}
    </ReportFrame>
  );
}

/** Hashtags that are named beside one; the copy has them all. */
const mostBeside = 3;

const none: HashtagReport = { posts: 0, distinct: 0, rows: [], pairs: [] };

function HashtagTable(props: { rows: readonly HashtagRow[]; distinct: number }) {
  const t = useTranslate();
  const showOnly = useShowOnly('post');
  const count = (value: number | null) =>
    value === null ? <span title={t('library_no_figure')}>{missingMark}</span> : countText(value, t.locale);
  const columns: readonly ReportColumn<HashtagRow>[] = [
    {
      id: 'hashtag',
      label: t('kind_hashtag'),
      value: ({ name }) => `#${name}`,
      cell: ({ name, platform }) => (
        <button
          type="button"
          class="link-button user-text"
          title={t('hashtag_filter', name)}
          onClick={() => showOnly('hashtags', name, platform)}
        >
          <bdi>#{name}</bdi>
        </button>
      ),
    },
    {
      id: 'platform',
      label: t('library_platform'),
      value: ({ platform }) => t(`platform_${platform}`),
      cell: ({ platform }) => <span class="quiet">{t(`platform_${platform}`)}</span>,
    },
    {
      id: 'posts',
      label: t('hashtag_posts'),
      atEnd: true,
      value: ({ posts }) => posts,
      cell: ({ posts }) => count(posts),
    },
    {
      id: 'share',
      label: t('hashtag_share'),
      help: t('library_share_help'),
      atEnd: true,
      value: ({ share }) => share,
      cell: ({ share }) => (
        <span class="share-cell" style={{ '--share': `${Math.round(share * 100)}%` }}>
          {percentText(share, t.locale)}
        </span>
      ),
    },
    {
      id: 'growth',
      label: t('library_growth'),
      help: t('library_growth_help'),
      atEnd: true,
      value: ({ growth }) => growth,
      cell: ({ growth }) =>
        growth === null ? (
          <span title={t('library_growth_none')}>{missingMark}</span>
        ) : (
          `${growth > 0 ? '+' : growth < 0 ? '−' : ''}${countText(Math.abs(growth), t.locale)}`
        ),
    },
    {
      id: 'months',
      label: t('library_months'),
      help: t('library_months_help'),
      cell: ({ months }) => <Months months={months} />,
    },
    {
      id: 'views',
      label: t('library_median_views'),
      atEnd: true,
      value: ({ medianViews }) => medianViews,
      cell: ({ medianViews }) => count(medianViews),
    },
    {
      id: 'likes',
      label: t('library_median_likes'),
      atEnd: true,
      value: ({ medianLikes }) => medianLikes,
      cell: ({ medianLikes }) => count(medianLikes),
    },
    {
      id: 'beside',
      label: t('library_beside'),
      help: t('library_beside_help'),
      value: ({ beside }) => beside.map(({ name, posts }) => `#${name} (${posts})`).join(' ') || null,
      cell: ({ beside }) => (
        <span class="beside small">
          {beside.slice(0, mostBeside).map(({ name, posts }) => (
            <span key={name} class="user-text">
              #{name} <span class="quiet number">{countText(posts, t.locale)}</span>
            </span>
          ))}
        </span>
      ),
    },
  ];
  return (
    <ReportTable
      label={t('kinds_hashtag')}
      rows={props.rows}
      distinct={props.distinct}
      columns={columns}
      rowKey={({ platform, name }) => `${platform} ${name}`}
      text={({ name }) => name}
      first="posts"
      testid="hashtags"
    />
  );
}

/** Months shown of a hashtag's life: the last ones. */
const mostMonths = 18;

function Months(props: { months: Readonly<Record<string, number>> }) {
  const t = useTranslate();
  const named = Object.keys(props.months).sort();
  const [first] = named;
  const last = named.at(-1);
  if (!first || !last) return <span title={t('library_months_none')}>{missingMark}</span>;
  const months = monthsBetween(first, last).slice(-mostMonths);
  const values = months.map((month) => props.months[month] ?? 0);
  const highest = Math.max(...values, 1);
  const said = months.map((month, index) => `${month}: ${values[index]}`).join('\n');
  return (
    <span
      class="months"
      role="img"
      aria-label={t('library_months_label', first, last, Math.max(...values))}
      title={said}
    >
      {months.map((month, index) => (
        <span
          key={month}
          style={{ height: `${Math.max(6, (100 * (values[index] ?? 0)) / highest)}%` }}
          class={values[index] === 0 ? 'none' : ''}
        />
      ))}
    </span>
  );
}

function PairTable(props: { pairs: readonly HashtagPair[] }) {
  const t = useTranslate();
  const columns: readonly ReportColumn<HashtagPair>[] = [
    {
      id: 'one',
      label: t('kind_hashtag'),
      value: ({ one }) => `#${one}`,
      cell: ({ one }) => <bdi class="user-text">#{one}</bdi>,
    },
    {
      id: 'other',
      label: t('library_pair_other'),
      value: ({ other }) => `#${other}`,
      cell: ({ other }) => <bdi class="user-text">#{other}</bdi>,
    },
    {
      id: 'platform',
      label: t('library_platform'),
      value: ({ platform }) => t(`platform_${platform}`),
      cell: ({ platform }) => <span class="quiet">{t(`platform_${platform}`)}</span>,
    },
    {
      id: 'posts',
      label: t('hashtag_posts'),
      atEnd: true,
      value: ({ posts }) => posts,
      cell: ({ posts }) => countText(posts, t.locale),
    },
  ];
  return (
    <ReportTable
      label={t('library_pairs')}
      rows={props.pairs}
      columns={columns}
      rowKey={({ platform, one, other }) => `${platform} ${one} ${other}`}
      text={({ one, other }) => `${one} ${other}`}
      first="posts"
      testid="pairs"
    >
      <p class="small quiet">{t('library_pairs_help')}</p>
    </ReportTable>
  );
}
