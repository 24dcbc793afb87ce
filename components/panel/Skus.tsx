import { formatMoney } from '../../lib/analysis/format.ts';
import type { SkuRecord } from '../../lib/core/record.ts';
import { useTranslate } from '../hooks.tsx';
import { Disclosure } from '../parts/basics.tsx';

/** The variants that are really on offer, each with its price and stock. */
export function Skus(props: { skus: readonly SkuRecord[] }) {
  const t = useTranslate();
  return (
    <section class="card">
      <Disclosure summary={t('skus_title', props.skus.length)} testid="skus">
        <table class="specifications small">
          <thead class="quiet">
            <tr>
              <th scope="col">{t('kind_sku')}</th>
              <th scope="col">{t('field_price')}</th>
              <th scope="col">{t('field_stock')}</th>
            </tr>
          </thead>
          <tbody>
            {props.skus.map((sku) => (
              <tr key={sku.sku_id}>
                <th scope="row" class="user-text">
                  {nameOf(sku) || t('figure_unknown')}
                  <div class="mono quiet">{sku.sku_id}</div>
                </th>
                <td class="number">
                  {/* Minor units without a currency have no known decimals: shown as they came. */}
                  {sku.currency ? formatMoney(sku.price_minor, sku.currency, t.locale) : (sku.price_minor ?? '—')}
                </td>
                <td class="number">{sku.stock ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Disclosure>
    </section>
  );
}

function nameOf(sku: SkuRecord): string {
  return sku.sku_name ?? Object.values(sku.properties).join(' / ');
}
