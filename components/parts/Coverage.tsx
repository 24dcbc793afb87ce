import type { Translate } from '../../lib/i18n/index.ts';
import type { PageView } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';

/** How much of a page is known: "42 found · 40 with data · profile says 312", and the same as a meter. */
export function Coverage(props: { page: PageView }) {
  const t = useTranslate();
  const { entries, declared } = props.page;
  const found = entries.length;
  const withData = entries.filter(({ hasData }) => hasData).length;
  const whole = Math.max(found, declared?.count ?? 0, 1);
  const count = (value: number) => new Intl.NumberFormat(t.locale).format(value);
  const parts = [
    t('bar_found', count(found)),
    t('bar_with_data', count(withData)),
    declared && declaredText(t, declared.of, count(declared.count)),
  ];
  return (
    <div class="coverage" data-testid="coverage">
      <p class="number">{parts.filter(Boolean).join(' · ')}</p>
      <div class="meter" aria-hidden="true">
        <div class="meter-found" style={{ width: `${(found / whole) * 100}%` }} />
        <div class="meter-data" style={{ width: `${(withData / whole) * 100}%` }} />
      </div>
    </div>
  );
}

/** "profile says 312"; nothing where no page of this kind says how much it holds. */
function declaredText(t: Translate, of: string, count: string): string | null {
  const key = `bar_declared_${of}`;
  return t.has(key) ? t(key, count) : null;
}
