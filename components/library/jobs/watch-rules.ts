/** The rules of a watchlist as a form holds them: texts in, a rule or what is wrong out. */
import { currencyExponent } from '../../../lib/analysis/money.ts';
import type { EntityKind } from '../../../lib/core/ref.ts';
import type { WatchRule } from '../../../lib/messaging/protocol.ts';

export const ruleKinds = [
  'price_below',
  'stock_below',
  'views_above',
  'changed_by',
  'new_post',
  'removed',
] as const satisfies readonly WatchRule['kind'][];

/** One row of the editor. */
export interface RuleDraft {
  /** Tells rows apart while they are added and taken away. */
  readonly key: number;
  readonly kind: WatchRule['kind'];
  /** The amount, count or percentage as typed; not read by kinds without one. */
  readonly text: string;
  /** ISO 4217, of a price: how many decimals its minor units are. */
  readonly currency: string;
}

const concerned: Readonly<Record<WatchRule['kind'], readonly EntityKind[]>> = {
  price_below: ['product'],
  stock_below: ['product'],
  views_above: ['post'],
  changed_by: ['post', 'product', 'author'],
  new_post: ['author'],
  removed: ['post', 'product', 'author'],
};

/** Whether a rule can ever speak of a thing of this kind. */
export function concerns(rule: WatchRule['kind'], kind: EntityKind): boolean {
  return concerned[rule].includes(kind);
}

/** Whether a rule of this kind has a figure to be typed. */
export function hasFigure(kind: WatchRule['kind']): boolean {
  return kind !== 'new_post' && kind !== 'removed';
}

/** The rules that a watchlist of these kinds begins with: nothing that needs a figure which only the researcher knows. */
export function startingRules(kinds: ReadonlySet<EntityKind>, currency: string): readonly RuleDraft[] {
  const chosen: readonly WatchRule['kind'][] = [...(kinds.has('author') ? (['new_post'] as const) : []), 'removed'];
  return chosen.map((kind, key) => ({ key, kind, text: '', currency }));
}

/** The kind that a further row begins with: the first that concerns these things and is not there yet. */
export function nextRule(drafts: readonly RuleDraft[], kinds: ReadonlySet<EntityKind>, currency: string): RuleDraft {
  const used = new Set(drafts.map(({ kind }) => kind));
  const fits = (kind: WatchRule['kind']) => [...kinds].some((each) => concerns(kind, each));
  const kind = ruleKinds.find((each) => fits(each) && !used.has(each)) ?? ruleKinds.find(fits) ?? 'price_below';
  const key = Math.max(-1, ...drafts.map((draft) => draft.key)) + 1;
  return { key, kind, text: kind === 'changed_by' ? '10' : '', currency };
}

/** The rule that a row stands for, or the message key of what is wrong with its figure. */
export function readRule(draft: RuleDraft): WatchRule | { readonly problem: string } {
  const { kind, text } = draft;
  switch (kind) {
    case 'price_below': {
      const minor = readMinor(text, draft.currency);
      return minor === null || minor === 0 ? { problem: 'rule_problem_price' } : { kind, minor };
    }
    case 'stock_below':
    case 'views_above': {
      const count = readWhole(text);
      return count === null || count === 0 ? { problem: 'rule_problem_count' } : { kind, count };
    }
    case 'changed_by': {
      const percent = readDecimal(text.replace(/\s*[%％]$/u, ''));
      return percent === null || percent <= 0 || percent > 10_000
        ? { problem: 'rule_problem_percent' }
        : { kind, percent };
    }
    default:
      return { kind };
  }
}

/** "1,200" → 1200; null for what is no whole number from 0 that can be counted exactly. */
export function readWhole(text: string): number | null {
  const plain = text.replaceAll(/[\s,，_]/gu, '');
  const value = Number(plain);
  return /^\d+$/u.test(plain) && Number.isSafeInteger(value) ? value : null;
}

function readDecimal(text: string): number | null {
  const plain = text.replaceAll(/\s/gu, '').replace(/^(\d*),(\d+)$/u, '$1.$2');
  return /^(?:\d+\.?\d*|\.\d+)$/u.test(plain) ? Number(plain) : null;
}

/**
 * "59.9" CNY → 5990, "1,200" VND → 1200; null for what is no amount, or is finer than the currency's minor unit. Three
 * digits after a lone comma are thousands, fewer are decimals.
 */
export function readMinor(text: string, currency: string): number | null {
  const plain = text
    .replaceAll(/[\s_]/gu, '')
    .replaceAll(/,(?=\d{3}(?:\D|$))/gu, '')
    .replace(/^(\d*),(\d+)$/u, '$1.$2');
  const match = /^(\d*)(?:\.(\d*))?$/u.exec(plain);
  const whole = match?.[1] ?? '';
  const decimals = match?.[2] ?? '';
  const digits = currencyExponent(currency);
  if (!match || whole + decimals === '' || decimals.length > digits) return null;
  const minor = Number(whole + decimals.padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}
