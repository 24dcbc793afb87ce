/** Several posts, or products, side by side. */
import { type Compared, type FigureKind, leaderOf } from '../../analysis/compare.ts';
import { AppError } from '../../core/errors.ts';
import type { RefKey } from '../../core/ref.ts';
import type { CompareReport, LibraryDetail } from '../../messaging/library-models.ts';
import type { DataDatabase } from '../../storage/database.ts';
import { type SourcedColumn, libraryColumns } from './library-columns.ts';
import type { LibraryIndex } from './library-index.ts';
import { readDetail } from './read-detail.ts';

/** Numbers that are no figures: sizes, places, lengths, and how often we looked. */
const notCompared: ReadonlySet<string> = new Set([
  'width',
  'height',
  'collection_position',
  'result_rank',
  'id_time_delta_s',
  'observation_count',
  'image_count',
]);

/** Null: not compared. */
function kindOf({ column, source }: SourcedColumn): FigureKind | null {
  if (notCompared.has(column.name)) return null;
  if (column.type === 'money') return 'money';
  if (column.type !== 'integer' && column.type !== 'number') return null;
  // Of what is computed all but the views per hour are ratios of one thing's own figures.
  if (/^views_per_hour|^outlier_n$/u.test(column.name)) return 'count';
  return source.kind === 'metric' || column.name === 'outlier_x_median' ? 'ratio' : 'count';
}

/** Throws AppError `bad_request` where they are not 2 to 10 stored things of one type. */
export async function compareThings(
  database: DataDatabase,
  index: LibraryIndex,
  refs: readonly RefKey[],
): Promise<CompareReport> {
  const asked = [...new Set(refs)];
  if (asked.length < 2 || asked.length > 10)
    throw new AppError('bad_request', 'Two to ten things can be compared.', { advice: 'error_compare_count' });
  const details = await Promise.all(asked.map((ref) => readDetail(database, ref)));
  const items: readonly LibraryDetail[] = details.flatMap((detail) => detail ?? []);
  const [first] = items;
  const type = first?.record.record_type;
  if (!type || items.length !== asked.length || items.some(({ record }) => record.record_type !== type))
    throw new AppError('bad_request', 'Only stored things of one type can be compared.', {
      advice: 'error_compare_types',
    });
  const home = index.of(type);
  const things = items.map(({ record }): Compared => {
    const currency = 'currency' in record ? record.currency : null;
    return { platform: record.platform, currency };
  });
  const rows = libraryColumns(type).flatMap((column) => {
    const kind = kindOf(column);
    if (kind === null) return [];
    const values = items.map(({ ref }) => {
      const row = home.rowOf(ref);
      const value = row === null ? null : home.value(row, column);
      return typeof value === 'number' ? value : null;
    });
    if (values.every((value) => value === null)) return [];
    return [{ column: column.column, values, highest: leaderOf(values, things, kind) }];
  });
  return { items, rows };
}
