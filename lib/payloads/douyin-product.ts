/** Fields that the gateway's raw product and Doudian's own product have in common: the gateway passes Doudian's through. */
import type { Reading } from '../core/record-factory.ts';
import type { ProductRecord } from '../core/record.ts';
import { htmlToText } from '../core/text.ts';
import { absent, at, isObject, known, nameOf, numberOf, objectOf, textOf, unreadable, valueOf } from './reading.ts';

/**
 * Online (`status` 0) and passed review (`check_status` 3) is on sale. `status`: 0 online, 1 offline, 2 deleted;
 * `check_status`: 1 draft, 2 pending, 3 passed, 4 refused, 5 banned, 7 passed and waiting (Doudian product.detail, 2026-08).
 */
export function listingOf(product: unknown): Reading<ProductRecord['listing_status']> {
  const readings = [numberOf(at(product, 'status')), numberOf(at(product, 'check_status'))];
  const [status, check] = readings.map(valueOf);
  if (status === 2) return { value: 'deleted' };
  if (status === 1 || check === 5) return { value: 'off_sale' };
  if (status === 0 && check === 3) return { value: 'on_sale' };
  return readings.includes(unreadable) ? unreadable : absent;
}

interface Categories {
  readonly category_l1: Reading<string>;
  readonly category_l2: Reading<string>;
  readonly category_l3: Reading<string>;
}

/** Names of the category path (女装 → 衬衫). `first_cid` and its like beside it belong to another tree. */
export function categoriesOf(product: unknown): Categories {
  const inExtra = at(objectOf(at(product, 'extra')), 'category_detail');
  const detail = isObject(inExtra) ? inExtra : at(product, 'category_detail');
  return {
    category_l1: nameOf(at(detail, 'first_cname')),
    category_l2: nameOf(at(detail, 'second_cname')),
    category_l3: nameOf(at(detail, 'third_cname')),
  };
}

/** Specifications by name. Newer answers hold lists of `{name}` or `{value}` in place of a text. */
export function attributesOf(value: unknown): Reading<Readonly<Record<string, string>>> {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return absent;
  const format = objectOf(value);
  if (!format) return unreadable;
  const entries = Object.entries(format).flatMap(([name, held]): [string, string][] => {
    const text = attributeText(held);
    return text === null ? [] : [[name.toWellFormed(), text]];
  });
  return { value: Object.fromEntries(entries) };
}

function attributeText(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return valueOf(nameOf(value));
  const parts = (Array.isArray(value) ? value : [at(value, 'name') ?? at(value, 'value')]).flatMap((entry) => {
    const part = isObject(entry) ? (at(entry, 'name') ?? at(entry, 'value')) : entry;
    return valueOf(nameOf(part)) ?? [];
  });
  return parts.length > 0 ? parts.join(',') : null;
}

/** The brand among the specifications ("品牌"). */
export function brandOf(attributes: Reading<Readonly<Record<string, string>>>): Reading<string> {
  const named = valueOf(attributes);
  return known(named && Object.hasOwn(named, '品牌') ? named['品牌'] : null);
}

/** The words of an HTML description; most hold images only. */
export function descriptionOf(value: unknown): Reading<string> {
  const html = textOf(value);
  if ('missing' in html) return html;
  return textOf(htmlToText(html.value));
}
