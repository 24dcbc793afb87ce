import { useState } from 'preact/hooks';
import type { CategoryRow, KeywordReport, TermRow } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { Tabs } from '../parts/Tabs.tsx';
import { countText, missingMark, moneyText } from './cell-text.ts';
import { reportKey, ReportFrame, useReportQuery } from './ReportFrame.tsx';
import { type ReportColumn, ReportTable } from './ReportTable.tsx';
import { useReport } from './service.tsx';
import { useWorkspace } from './workspace.tsx';

type Of = 'post' | 'product';

/** The words of captions, or of products' names, and the products' categories. */
export function KeywordsView() {
  const t = useTranslate();
  const [of, setOf] = useState<Of>('post');
  const query = useReportQuery(of);
  const report = useReport<KeywordReport>(reportKey('keywords', query), async (service) =>
    query ? service.keywords({ ...query, sort: null }) : none,
  );
  return (
    <ReportFrame
      type={of}
      report={report}
      basis={({ records }) => t(`library_basis_${of}s`, countText(records, t.locale))}
      help={t(`library_keywords_help_${of}`)}
      testid="keywords-view"
      before={
        <div class="report-choice">
          <Tabs
            name="keywords"
            label={t('library_keywords_of')}
            small
            tabs={(['post', 'product'] as const).map((id) => ({ id, label: t(`library_keywords_${id}`) }))}
            active={of}
            onChange={setOf}
          />
        </div>
      }
    >
      {({ terms, categories, distinct }) => (
        <div id={`keywords-panel-${of}`} role="tabpanel" aria-labelledby={`keywords-tab-${of}`} class="report-columns">
          <TermTable of={of} terms={terms} distinct={distinct} />
          {of === 'product' && <CategoryTable categories={categories} />}
        </div>
      )}
    </ReportFrame>
  );
}

const none: KeywordReport = { records: 0, distinct: 0, terms: [], categories: [] };

function TermTable(props: { of: Of; terms: readonly TermRow[]; distinct: number }) {
  const t = useTranslate();
  const { viewOf, changeView, go } = useWorkspace();
  const search = (term: string) => {
    const view = viewOf(props.of);
    if (!view) return;
    changeView(props.of, { ...view, query: { ...view.query, text: term } });
    go({ view: 'records', type: props.of, open: null });
  };
  const columns: readonly ReportColumn<TermRow>[] = [
    {
      id: 'term',
      label: t('library_term'),
      value: ({ term }) => term,
      cell: ({ term }) => (
        <button
          type="button"
          class="link-button user-text"
          title={t('library_term_search', term)}
          onClick={() => search(term)}
        >
          <bdi>{term}</bdi>
        </button>
      ),
    },
    {
      id: 'records',
      label: t(`kinds_${props.of}`),
      help: t('library_term_records_help'),
      atEnd: true,
      value: ({ records }) => records,
      cell: ({ records }) => countText(records, t.locale),
    },
    {
      id: 'occurrences',
      label: t('library_occurrences'),
      help: t('library_occurrences_help'),
      atEnd: true,
      value: ({ occurrences }) => occurrences,
      cell: ({ occurrences }) => countText(occurrences, t.locale),
    },
  ];
  return (
    <ReportTable
      label={t('library_terms')}
      rows={props.terms}
      distinct={props.distinct}
      columns={columns}
      rowKey={({ term }) => term}
      text={({ term }) => term}
      first="records"
      testid="terms"
    />
  );
}

function CategoryTable(props: { categories: readonly CategoryRow[] }) {
  const t = useTranslate();
  const unknown = <span title={t('library_no_figure')}>{missingMark}</span>;
  const columns: readonly ReportColumn<CategoryRow>[] = [
    {
      id: 'category',
      label: t('field_category'),
      value: ({ category }) => category,
      cell: ({ category }) => <span class="user-text">{category}</span>,
    },
    {
      id: 'platform',
      label: t('library_platform'),
      value: ({ platform }) => t(`platform_${platform}`),
      cell: ({ platform }) => <span class="quiet">{t(`platform_${platform}`)}</span>,
    },
    {
      id: 'products',
      label: t('kinds_product'),
      atEnd: true,
      value: ({ products }) => products,
      cell: ({ products }) => countText(products, t.locale),
    },
    {
      id: 'price',
      label: t('library_median_price'),
      atEnd: true,
      value: ({ medianPriceMinor }) => medianPriceMinor,
      cell: ({ medianPriceMinor, currency }) =>
        medianPriceMinor === null ? unknown : moneyText(medianPriceMinor, currency, t.locale),
    },
    {
      id: 'sold',
      label: t('field_sold_count'),
      atEnd: true,
      value: ({ soldCount }) => soldCount,
      cell: ({ soldCount }) => (soldCount === null ? unknown : countText(soldCount, t.locale)),
    },
  ];
  return (
    <ReportTable
      label={t('library_categories')}
      rows={props.categories}
      columns={columns}
      rowKey={({ platform, category, currency }) => `${platform} ${category} ${currency}`}
      text={({ category }) => category}
      first="products"
      testid="categories"
    />
  );
}
