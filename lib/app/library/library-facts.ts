/** What there is, for menus and for the empty state. */
import { platforms } from '../../core/ref.ts';
import type { LibraryFacts } from '../../messaging/library-models.ts';
import type { TypeIndex } from './type-index.ts';

/** The texts that rows have in a column, each once. */
function textsIn(index: TypeIndex, field: string): ReadonlySet<string> {
  const column = index.field(field);
  const numbers = new Set<number>();
  if (!column || column.kind === 'number') return new Set();
  for (const row of index.order()) {
    if (column.kind === 'text') numbers.add(column.numbers()[row] ?? -1);
    else for (let place = column.length(row) - 1; place >= 0; place--) numbers.add(column.at(row, place));
  }
  return new Set([...numbers].flatMap((number) => column.dictionary.texts[number] ?? []));
}

function together(indexes: readonly TypeIndex[], field: string): readonly string[] {
  return [...new Set(indexes.flatMap((index) => [...textsIn(index, field)]))].sort();
}

export function factsOf(indexes: readonly TypeIndex[]): LibraryFacts {
  const found = new Set(together(indexes, 'platform'));
  const products = indexes.filter(({ type }) => type === 'product');
  return {
    counts: Object.fromEntries(
      indexes.flatMap((index) => (index.count() > 0 ? [[index.type, index.count()] as const] : [])),
    ),
    platforms: platforms.filter((platform) => found.has(platform)),
    sources: together(indexes, 'sources'),
    categories: together(products, 'category_l1'),
    tags: together(indexes, 'tags'),
  };
}
