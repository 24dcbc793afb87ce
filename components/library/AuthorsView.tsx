import type { RefKey } from '../../lib/core/ref.ts';
import type { AuthorReport, AuthorRow, Outlier } from '../../lib/messaging/protocol.ts';
import { useTimeZone, useTranslate } from '../hooks.tsx';
import { countText, missingMark, ratioText } from './cell-text.ts';
import { reportKey, ReportFrame, useReportQuery, useShowOnly } from './ReportFrame.tsx';
import { type ReportColumn, ReportTable } from './ReportTable.tsx';
import { useReport } from './service.tsx';
import { useWorkspace } from './workspace.tsx';
import { dayOf } from './zoned.ts';

/** Whose posts there are: how many of all, their medians, and the posts that stand out. */
export function AuthorsView() {
  const t = useTranslate();
  const query = useReportQuery('post');
  const report = useReport<AuthorReport>(reportKey('authors', query), async (service) =>
    query ? service.authors({ ...query, sort: null }) : none,
  );
  return (
    <ReportFrame
      type="post"
      report={report}
      basis={({ posts }) => t('library_basis_posts', countText(posts, t.locale))}
      help={t('library_authors_help')}
      testid="authors-view"
    >
      {({ rows }) => <AuthorTable rows={rows} />}
    </ReportFrame>
  );
}

const none: AuthorReport = { posts: 0, rows: [] };

function AuthorTable(props: { rows: readonly AuthorRow[] }) {
  const t = useTranslate();
  const zone = useTimeZone();
  const { go } = useWorkspace();
  const showOnly = useShowOnly('post');
  const unknown = <span title={t('library_no_figure')}>{missingMark}</span>;
  const count = (value: number | null) => (value === null ? unknown : countText(value, t.locale));
  const withN = (median: number | null, n: number) =>
    median === null ? (
      unknown
    ) : (
      <>
        {countText(median, t.locale)} <span class="quiet small">n = {countText(n, t.locale)}</span>
      </>
    );
  const openPost = (ref: RefKey) => go({ view: 'records', type: 'post', open: ref });
  const columns: readonly ReportColumn<AuthorRow>[] = [
    {
      id: 'author',
      label: t('kind_author'),
      value: ({ name, handle }) => name ?? handle,
      cell: (row) => <AuthorName row={row} showOnly={showOnly} />,
    },
    {
      id: 'platform',
      label: t('library_platform'),
      value: ({ platform }) => t(`platform_${platform}`),
      cell: ({ platform }) => <span class="quiet">{t(`platform_${platform}`)}</span>,
    },
    {
      id: 'captured',
      label: t('library_captured'),
      help: t('library_captured_help'),
      atEnd: true,
      value: ({ captured }) => captured,
      cell: (row) => <AuthorCoverage row={row} />,
    },
    {
      id: 'followers',
      label: t('field_author_follower_count'),
      atEnd: true,
      value: ({ followers }) => followers,
      cell: ({ followers }) => count(followers),
    },
    {
      id: 'views',
      label: t('library_median_views'),
      help: t('library_median_help'),
      atEnd: true,
      value: ({ medianViews }) => medianViews,
      cell: ({ medianViews, medianViewsN }) => withN(medianViews, medianViewsN),
    },
    {
      id: 'likes',
      label: t('library_median_likes'),
      help: t('library_median_help'),
      atEnd: true,
      value: ({ medianLikes }) => medianLikes,
      cell: ({ medianLikes, medianLikesN }) => withN(medianLikes, medianLikesN),
    },
    {
      id: 'outliers',
      label: t('library_outliers'),
      help: t('library_outliers_help'),
      value: ({ outliers }) => outliers.length,
      cell: ({ outliers }) => <Outliers outliers={outliers} open={openPost} />,
    },
    {
      id: 'first',
      label: t('library_first_post'),
      value: ({ firstPostAt }) => firstPostAt,
      cell: ({ firstPostAt }) =>
        firstPostAt === null ? unknown : <span class="number">{dayOf(firstPostAt, zone)}</span>,
    },
    {
      id: 'last',
      label: t('library_last_post'),
      value: ({ lastPostAt }) => lastPostAt,
      cell: ({ lastPostAt }) => (lastPostAt === null ? unknown : <span class="number">{dayOf(lastPostAt, zone)}</span>),
    },
  ];
  return (
    <ReportTable
      label={t('kinds_author')}
      rows={props.rows}
      columns={columns}
      rowKey={({ platform, ref, handle, name }) => ref ?? `${platform} ${handle} ${name}`}
      text={({ name, handle }) => `${name ?? ''} ${handle ?? ''}`}
      first="captured"
      testid="authors"
    />
  );
}

function AuthorName(props: { row: AuthorRow; showOnly: (column: string, value: string, platform?: string) => void }) {
  const t = useTranslate();
  const { name, handle, platform } = props.row;
  const [column, value] = handle === null ? (['author_name', name] as const) : (['author_handle', handle] as const);
  const shown = name ?? (handle === null ? t('figure_unknown') : `@${handle}`);
  if (value === null) return <span class="quiet">{shown}</span>;
  return (
    <button
      type="button"
      class="link-button user-text"
      title={t('library_author_posts', shown)}
      onClick={() => props.showOnly(column, value, platform)}
    >
      <bdi>{shown}</bdi>
      {name !== null && handle !== null && <span class="quiet small"> @{handle}</span>}
    </button>
  );
}

/** "16 of 312" with a meter; without a profile the number alone. */
function AuthorCoverage(props: { row: AuthorRow }) {
  const t = useTranslate();
  const { captured, declared } = props.row;
  const own = countText(captured, t.locale);
  if (declared === null) return <span title={t('library_declared_unknown')}>{own}</span>;
  const share = declared === 0 ? 1 : Math.min(1, captured / declared);
  return (
    <span class="author-coverage" title={t('library_declared', countText(declared, t.locale))}>
      <span>{t('library_count_of', own, countText(declared, t.locale))}</span>
      <span class="meter" aria-hidden="true">
        <span class="meter-data" style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  );
}

function Outliers(props: { outliers: readonly Outlier[]; open: (ref: RefKey) => void }) {
  const t = useTranslate();
  const { outliers } = props;
  if (outliers.length === 0) return <span title={t('library_outliers_none')}>{missingMark}</span>;
  return (
    <ul class="outliers small">
      {outliers.map(({ ref, caption, views, timesMedian, n }) => (
        <li key={ref}>
          <button
            type="button"
            class="link-button outlier"
            title={caption ?? undefined}
            data-testid="outlier"
            onClick={() => props.open(ref)}
          >
            <b class="number">{t('library_times_median', ratioText(Math.round(timesMedian * 10) / 10, t.locale))}</b>
            <span class="outlier-caption user-text">{caption ?? ref.split(':')[2]}</span>
          </button>
          <span class="quiet number">
            {countText(views, t.locale)} · n = {countText(n, t.locale)}
          </span>
        </li>
      ))}
    </ul>
  );
}
