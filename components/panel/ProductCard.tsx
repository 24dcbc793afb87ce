import { formatMoney, formatRatio } from '../../lib/analysis/format.ts';
import type { ProductRecord } from '../../lib/core/record.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import type { Entry } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { Disclosure } from '../parts/basics.tsx';
import { DifferenceNote } from '../parts/Differences.tsx';
import { FigureGrid, figuresOf } from '../parts/Figures.tsx';
import { Provenance } from '../parts/Provenance.tsx';
import { Time } from '../parts/Time.tsx';
import { languageName, missingText, providerName } from '../show.ts';
import { CardHead } from './CardHead.tsx';
import { FactRow } from './FactRow.tsx';
import { Images } from './Images.tsx';
import { LongText } from './LongText.tsx';
import { Skus } from './Skus.tsx';

/** Everything that is known of a product. */
export function ProductCard(props: { record: ProductRecord; entry: Entry }) {
  const t = useTranslate();
  const { record, entry } = props;
  const sales = figuresOf(
    record,
    ['sold_count'],
    ['month_sold_count', 'rating', 'review_count', 'stock_available', 'stock_total'],
  ).map((figure) => (figure.field === 'rating' ? { ...figure, text: formatRatio(figure.value, t.locale, 2) } : figure));
  return (
    <>
      <section class="card stack" data-testid="product-card">
        <CardHead
          kind={t('kind_product')}
          id={record.product_id}
          url={record.product_url ?? entry.url}
          availability={record.availability}
          loading={entry.status === 'loading'}
          badge={record.listing_status === 'unknown' ? undefined : t(`listing_status_${record.listing_status}`)}
        />
        {record.product_name ? (
          <div class="product-name">
            <LongText text={record.product_name} language={record.product_name_translated_to} testid="product-name" />
            {record.product_name_translated_to && (
              <p class="badge warn" title={t('translated_help')}>
                {t('translated_mark', languageName(t, record.product_name_translated_to))}
              </p>
            )}
          </div>
        ) : (
          <p class="quiet">{t('unknown_because', t('product_name_unknown'), missingText(t, record, 'product_name'))}</p>
        )}
        <Price record={record} />
        {entry.differences
          ?.filter(({ field }) => field.endsWith('_minor'))
          .map((difference) => (
            <DifferenceNote key={difference.field} difference={difference} />
          ))}
        <FigureGrid record={record} figures={sales} label={t('figures_title')} differences={entry.differences} />
        {record.sold_window && <p class="small quiet">{soldWindowText(t, record.sold_window)}</p>}
        {record.image_urls.length > 0 && (
          <Images urls={record.image_urls} what="images" expireAt={record.image_urls_expire_at} />
        )}
      </section>
      <ProductDetails record={record} />
      {entry.skus && entry.skus.length > 0 && <Skus skus={entry.skus} />}
      <section class="card">
        <Provenance record={record} observationCount={entry.observationCount} />
      </section>
    </>
  );
}

/** Empty where the source gave none of it, as for a price that was merely seen on a page. */
function ProductDetails(props: { record: ProductRecord }) {
  const t = useTranslate();
  const { record } = props;
  const categories = [record.category_l1, record.category_l2, record.category_l3].filter(Boolean);
  const texts = [
    record.shop_name,
    record.shop_id,
    record.brand,
    ...categories,
    record.dispatch_city,
    record.dispatch_province,
  ];
  const values = [record.free_shipping, record.sku_count, record.commission_rate, record.created_at, record.updated_at];
  const hasFacts =
    [...texts, record.delivery_promise].some(Boolean) ||
    values.some((value) => value !== null) ||
    record.service_tags.length > 0;
  const hasMore = record.options.length > 0 || Object.keys(record.attributes).length > 0 || record.product_description;
  if (!hasFacts && !hasMore) return null;
  return (
    <section class="card stack">
      <h2 class="section-title">{t('details_title')}</h2>
      {hasFacts && (
        <dl class="facts" data-testid="product-details">
          {(record.shop_name || record.shop_id) && (
            <FactRow label={t('field_shop')}>
              <span class="user-text">{record.shop_name ?? ''}</span>{' '}
              {record.shop_id && <span class="mono quiet">{record.shop_id}</span>}
              <ShopScores record={record} />
            </FactRow>
          )}
          {record.brand && <FactRow label={t('field_brand')}>{record.brand}</FactRow>}
          {categories.length > 0 && <FactRow label={t('field_category')}>{categories.join(' › ')}</FactRow>}
          <Delivery record={record} />
          {record.service_tags.length > 0 && (
            <FactRow label={t('field_service_tags')}>
              <span class="row tight">
                {record.service_tags.map((tag) => (
                  <span class="badge value" key={tag}>
                    {tag}
                  </span>
                ))}
              </span>
            </FactRow>
          )}
          {record.sku_count !== null && (
            <FactRow label={t('field_sku_count')}>
              <span class="number">{record.sku_count}</span>
            </FactRow>
          )}
          {record.commission_rate !== null && (
            <FactRow label={t('field_commission_rate')} help={t('commission_help')}>
              <span class="number">{record.commission_rate}</span>
            </FactRow>
          )}
          {record.created_at !== null && (
            <FactRow label={t('field_created_at_product')}>
              <Time at={record.created_at} />
            </FactRow>
          )}
          {record.updated_at !== null && (
            <FactRow label={t('field_updated_at')}>
              <Time at={record.updated_at} />
            </FactRow>
          )}
        </dl>
      )}
      <Options record={record} />
      <Specifications record={record} />
      {record.product_description && (
        <Disclosure summary={t('field_product_description')}>
          <LongText text={record.product_description} />
        </Disclosure>
      )}
    </section>
  );
}

function Price(props: { record: ProductRecord }) {
  const t = useTranslate();
  const { record } = props;
  const money = (minor: number | null) => formatMoney(minor, record.currency, t.locale);
  const { price_min_minor: low, price_max_minor: high } = record;
  const range = low !== null && high !== null && low !== high ? `${money(low)} – ${money(high)}` : null;
  const price = record.price_minor ?? low;
  const note = unitText(t, record);
  if (price === null) {
    return (
      <div class="price" data-testid="price">
        <p class="price-main">{record.price_text ?? '—'}</p>
        <p class="small quiet">{record.price_text ? t('price_as_text') : missingText(t, record, 'price_minor')}</p>
      </div>
    );
  }
  return (
    <div class="price" data-testid="price">
      <p class="price-main number">
        {/* Minor units without a currency have no known decimals: shown as they came. */}
        {record.currency ? (range ?? money(price)) : price}
        {record.list_price_minor !== null && record.currency && record.list_price_minor !== price && (
          <span class="price-list">
            <span class="unseen">{t('field_list_price')} </span>
            <s title={t('field_list_price')}>{money(record.list_price_minor)}</s>
          </span>
        )}
      </p>
      {note && (
        <p class="small price-note" data-testid="price-unit">
          {note}
        </p>
      )}
    </div>
  );
}

/** Who said what the price's unit is: a price in fen read as yuan is wrong by a hundred. */
function unitText(t: Translate, record: ProductRecord): string | null {
  if (record.price_unit_source === 'declared') {
    return t(record.api_provider === null ? 'price_unit_declared_page' : 'price_unit_declared');
  }
  if (record.price_unit_source === 'unknown' || !record.currency) return t('price_unit_unknown');
  return t('price_unit_assumed', providerName(t, record.price_unit_source.slice('assumed:'.length)));
}

function soldWindowText(t: Translate, window: string): string {
  const key = `sold_window_${window}`;
  return t.has(key) ? t(key) : window;
}

function ShopScores(props: { record: ProductRecord }) {
  const t = useTranslate();
  const scores = (['shop_score_product', 'shop_score_service', 'shop_score_logistics'] as const).filter(
    (score) => props.record[score] !== null,
  );
  if (scores.length === 0) return null;
  return (
    <ul class="row tight small" data-testid="shop-scores">
      {scores.map((score) => (
        <li key={score}>
          <span class="quiet">{t(`field_${score}`)}</span>{' '}
          <b class="number">{formatRatio(props.record[score], t.locale, 2)}</b>
        </li>
      ))}
    </ul>
  );
}

function Delivery(props: { record: ProductRecord }) {
  const t = useTranslate();
  const { record } = props;
  const place = [record.dispatch_province, record.dispatch_city].filter(
    (part, index, parts) => part && parts.indexOf(part) === index,
  );
  return (
    <>
      {record.free_shipping !== null && (
        <FactRow label={t('field_freight')}>
          {record.free_shipping ? t('free_shipping_yes') : t('free_shipping_no')}
        </FactRow>
      )}
      {place.length > 0 && <FactRow label={t('field_dispatch')}>{place.join(' ')}</FactRow>}
      {record.delivery_promise && <FactRow label={t('field_delivery_promise')}>{record.delivery_promise}</FactRow>}
    </>
  );
}

function Options(props: { record: ProductRecord }) {
  const t = useTranslate();
  if (props.record.options.length === 0) return null;
  return (
    <Disclosure summary={t('options_title', props.record.options.length)} open testid="product-options">
      <div class="stack">
        {props.record.options.map((option) => (
          <div key={option.name}>
            <p class="small quiet user-text">{t('option_name', option.name, option.values.length)}</p>
            <ul class="row tight">
              {option.values.map((value) => (
                <li class="badge value user-text" key={value}>
                  {value}
                </li>
              ))}
            </ul>
          </div>
        ))}
        <p class="small quiet">{t('options_help')}</p>
      </div>
    </Disclosure>
  );
}

function Specifications(props: { record: ProductRecord }) {
  const t = useTranslate();
  const rows = Object.entries(props.record.attributes);
  if (rows.length === 0) return null;
  return (
    <Disclosure summary={t('specifications_title', rows.length)} testid="specifications">
      <table class="specifications small">
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row" class="user-text">
                {name}
              </th>
              <td class="user-text">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Disclosure>
  );
}
