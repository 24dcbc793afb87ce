/** When something was written or posted, in the forms that programs and people read; the same for posts and comments. */
import { isoInZone, isoUtc, resolveTimeZone } from '../../analysis/time.ts';
import { type Column, type ColumnInfo, computedColumn as computed } from './column.ts';

interface Created {
  readonly created_at: number | null;
  readonly created_at_from_id: number | null;
}

/** Declares the column `<field>_utc` of a field that holds Unix ms. */
export function utcColumn<Field extends string>(
  field: Field,
  description: ColumnInfo['description'],
): Column<Readonly<Record<Field, number | null>>> {
  return computed(`${field}_utc`, 'time', description.en, description.zh_CN, (record) => isoUtc(record[field]));
}

/** Milliseconds as seconds. */
export function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}

export const durationColumn: Column<{ readonly duration_ms: number | null }> = computed(
  'duration_s',
  'number',
  'Length in seconds.',
  '时长（秒）。',
  (record) => seconds(record.duration_ms),
);

/** The columns of a publishing time. `what`: "the post was published", "发布". */
export function createdColumns(what: ColumnInfo['description']): readonly Column<Created>[] {
  return [
    utcColumn('created_at', { en: `When ${what.en}, in UTC.`, zh_CN: `${what.zh_CN}时间（UTC）。` }),
    computed(
      'created_at_unix',
      'integer',
      `When ${what.en}, in Unix seconds.`,
      `${what.zh_CN}时间（Unix 秒）。`,
      (record) => (record.created_at === null ? null : Math.floor(record.created_at / 1000)),
    ),
    computed(
      'created_at_local',
      'time',
      `When ${what.en}, on the clocks of created_at_tz, with offset.`,
      `按 created_at_tz 时区表示的${what.zh_CN}时间，含偏移量。`,
      (record, context) => isoInZone(record.created_at, context.timeZone),
    ),
    computed(
      'created_at_tz',
      'string',
      'IANA zone of created_at_local.',
      'created_at_local 的 IANA 时区。',
      (record, context) => (record.created_at === null ? null : resolveTimeZone(context.timeZone)),
    ),
    utcColumn('created_at_from_id', {
      en: 'The time that the id carries: an estimate, usually seconds before publishing, days for scheduled posts.',
      zh_CN: 'ID 中包含的时间：估计值，通常早于发布数秒，定时发布的作品可早数天。',
    }),
    computed(
      'id_time_delta_s',
      'integer',
      'Publishing time minus id time, in seconds. Far from zero: scheduled, or one of the two is wrong.',
      '发布时间减去 ID 时间（秒）。远离零表示定时发布，或其中之一有误。',
      ({ created_at: createdAt, created_at_from_id: idTime }) =>
        createdAt === null || idTime === null ? null : Math.round((createdAt - idTime) / 1000),
    ),
  ];
}
