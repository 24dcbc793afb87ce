import { describe, expect, it } from 'vitest';
import { defaultExportChoices, personalModes, tableIds } from '../../lib/core/export-choices.ts';
import { recordTypes } from '../../lib/core/record.ts';
import { exporters } from '../../lib/exporters/index.ts';
import { isOpen } from '../../lib/exporters/sheet.ts';
import { columnsOfTable } from '../../lib/exporters/tables.ts';
import {
  chooseColumns,
  chosenColumns,
  closedBy,
  codesOf,
  formatGroups,
  groupOf,
  isBarred,
  isTableChosen,
  knownChoices,
  moveColumn,
  shortName,
  toggleColumn,
  toggleTable,
  usualColumns,
  withoutPeople,
} from './choices.ts';

const choices = defaultExportChoices;

describe('formats', () => {
  it('are offered in the registry’s order, each under one heading', () => {
    const order = exporters.map((exporter) => formatGroups.indexOf(groupOf(exporter)));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    const groups = Object.fromEntries(exporters.map((exporter) => [exporter.id, groupOf(exporter)]));
    expect(groups).toMatchObject({ csv: 'tables', ndjson: 'captured', zeeschuimer: 'captured' });
  });

  it('that hold what was captured are barred while people are kept out', () => {
    expect(isBarred(choices)).toBe(false);
    expect(isBarred({ ...choices, format: 'zeeschuimer' })).toBe(true);
    expect(isBarred({ ...choices, format: 'zeeschuimer', personal: 'omit' })).toBe(true);
    expect(isBarred({ ...choices, format: 'zeeschuimer', personal: 'include' })).toBe(false);
  });

  it('and presets that are gone give way to the usual; the rest stays', () => {
    expect(knownChoices({ ...choices, format: 'gone', preset: 'gone', idsOnly: true })).toEqual({
      ...choices,
      idsOnly: true,
    });
  });

  it('have a short name', () => {
    expect(['CSV (research)', 'CSV（研究用）', 'GEXF', '(odd)'].map(shortName)).toEqual([
      'CSV',
      'CSV',
      'GEXF',
      '(odd)',
    ]);
  });
});

describe('tables', () => {
  it('are all but the long ones until some are chosen, and again when those are', () => {
    expect(tableIds.filter((id) => isTableChosen(choices, id))).toEqual([...recordTypes]);
    const without = toggleTable(choices, 'author');
    expect(isTableChosen(without, 'author')).toBe(false);
    expect(isTableChosen(without, 'shop')).toBe(true);
    expect(toggleTable(without, 'author')).toEqual(choices);
    const long = toggleTable(choices, 'post_hashtag');
    expect(long.tables).toEqual([...recordTypes, 'post_hashtag']);
    expect(toggleTable(long, 'post_hashtag').tables).toBeNull();
  });
});

describe('columns', () => {
  const usual = usualColumns('post');

  it('come and go, and are no choice when they are the usual ones', () => {
    const less = toggleColumn(choices, 'post', 'caption');
    expect(chosenColumns(less, 'post')).toEqual(usual.filter((name) => name !== 'caption'));
    expect(toggleColumn(less, 'post', 'caption')).toEqual(choices);
    expect(chosenColumns(less, 'author')).toEqual(usualColumns('author'));
  });

  it('move, and not beyond the ends', () => {
    const [first = '', second = ''] = usual;
    const moved = moveColumn(choices, 'post', second, 0);
    expect(chosenColumns(moved, 'post').slice(0, 2)).toEqual([second, first]);
    expect(moveColumn(choices, 'post', first, -1)).toBe(choices);
    expect(moveColumn(choices, 'post', usual.at(-1) ?? '', usual.length)).toBe(choices);
    expect(moveColumn(choices, 'post', 'nobody', 1)).toBe(choices);
  });

  it('that a later version does not know are passed over', () => {
    const kept = chooseColumns(choices, 'post', ['post_id', 'gone']);
    expect(chosenColumns(kept, 'post')).toEqual(['post_id']);
  });

  it('are said to be left out exactly where the files leave them out', () => {
    const pseudonyms = { scheme: 'test', of: () => 'x' };
    const context = { timeZone: 'UTC', now: 0, extensionVersion: '0', pseudonyms };
    const wrong = personalModes.flatMap((personal) =>
      [false, true].flatMap((withholdText) =>
        [false, true].flatMap((idsOnly) =>
          tableIds.flatMap((table) =>
            columnsOfTable(table).flatMap((column) => {
              const own = { ...choices, personal, withholdText, idsOnly };
              const open = isOpen(column, table, { ...context, choices: own });
              return open === (closedBy(column, table, own) === null) ? [] : [`${table} ${column.name}`];
            }),
          ),
        ),
      ),
    );
    expect(wrong).toEqual([]);
    expect(withoutPeople(choices, 'post')).toContain('author_handle');
    expect(withoutPeople({ ...choices, personal: 'include' }, 'post')).toEqual([]);
  });
});

it('coding columns are named with any comma, each once', () => {
  expect(codesOf(' topic, tone，topic、 ,语气\nnote ')).toEqual(['topic', 'tone', '语气', 'note']);
  expect(codesOf(' , ')).toEqual([]);
});
