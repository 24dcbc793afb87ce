/** What a watchlist tells of, in words: the figure before and after, the rule that it broke. */
import { formatCount, formatMoney, formatRatio, unknownMark } from '../../../lib/analysis/format.ts';
import { currencyExponent } from '../../../lib/analysis/money.ts';
import { parseRefKey } from '../../../lib/core/ref.ts';
import type { Translate } from '../../../lib/i18n/index.ts';
import type { Alert, WatchRule } from '../../../lib/messaging/protocol.ts';
import type { IconName } from '../../parts/Icon.tsx';

/** "The price is below 60.00", as a row of the rules says it. Money without a currency: each product has its own. */
export function ruleText(t: Translate, rule: WatchRule): string {
  switch (rule.kind) {
    case 'price_below':
      // Most currencies have cents; the alert itself knows the product's.
      return t('rule_said_price_below', minorText(t, rule.minor, null));
    case 'stock_below':
    case 'views_above':
      return t(`rule_said_${rule.kind}`, exact(t, rule.count));
    case 'changed_by':
      return t('rule_said_changed_by', formatRatio(rule.percent, t.locale, 2));
    default:
      return t(`rule_said_${rule.kind}`);
  }
}

/** What happened, without the figures themselves: "The price is below CN¥60.00". */
export function alertText(t: Translate, alert: Alert): string {
  const { rule } = alert;
  switch (rule.kind) {
    case 'price_below':
      return t('alert_price_below', minorText(t, rule.minor, alert.currency));
    case 'stock_below':
    case 'views_above':
      return t(`alert_${rule.kind}`, exact(t, rule.count));
    case 'changed_by': {
      const share = changeOf(alert);
      const kind = parseRefKey(alert.ref)?.kind;
      const what = t(alert.currency !== null || kind === 'product' ? 'alert_figure_price' : figureKey(kind));
      if (share === null) return t('alert_changed', what);
      return t(share > 0 ? 'alert_risen' : 'alert_fallen', what, formatRatio(Math.abs(share) * 100, t.locale, 1));
    }
    default:
      return t(`alert_${rule.kind}`);
  }
}

/** "CN¥72.00 → CN¥59.00"; without an arrow where nothing was known before; null where the rule has no figures. */
export function figuresText(t: Translate, alert: Alert): string | null {
  const { before, after, rule } = alert;
  if (before === null && after === null) return null;
  const isMoney = rule.kind === 'price_below' || alert.currency !== null;
  const text = (value: number | null): string =>
    value === null ? unknownMark : isMoney ? minorText(t, value, alert.currency) : exact(t, value);
  const figures = before === null ? text(after) : `${text(before)} → ${text(after)}`;
  // Where nobody lists an author's posts, only their number tells that there are new ones.
  return rule.kind === 'new_post' ? t('alert_figure_posts', figures) : figures;
}

/** By how much the figure moved, as a share of what it was; null where that cannot be said. */
function changeOf({ before, after }: Alert): number | null {
  return before === null || after === null || before === 0 || before === after ? null : (after - before) / before;
}

/** The figure that a change is reckoned by: see `changed_by` in lib/core/job.ts. */
function figureKey(kind: string | undefined): 'alert_figure_followers' | 'alert_figure_views' {
  return kind === 'author' ? 'alert_figure_followers' : 'alert_figure_views';
}

/** Minor units with their currency; without one as a number with two decimals, as most currencies have. */
function minorText(t: Translate, minor: number, currency: string | null): string {
  if (currency !== null) return formatMoney(minor, currency, t.locale);
  const digits = currencyExponent('');
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(t.locale, fraction).format(minor / 10 ** digits);
}

function exact(t: Translate, count: number): string {
  return formatCount(count, 'exact', t.locale);
}

const icons: Readonly<Record<WatchRule['kind'], IconName>> = {
  price_below: 'product',
  stock_below: 'product',
  views_above: 'play',
  changed_by: 'differs',
  new_post: 'post',
  removed: 'alert',
};

/** The icon of what a rule is about. */
export function ruleIcon(kind: WatchRule['kind']): IconName {
  return icons[kind];
}
