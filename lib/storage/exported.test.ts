import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { toObservation } from '../core/observation.ts';
import { postRecord } from '../core/record.samples.ts';
import type { RefKey } from '../core/ref.ts';
import { connectData } from './database.ts';
import { deleteRefs } from './deletion.ts';
import { exportedRefs, forgetExported, markExported } from './exported.ts';
import { addObservations } from './records.ts';

test('stored things are remembered by project, and forgotten with the thing or the project', async () => {
  const database = await connectData('exported')();
  const ids = ['7500000000000000001', '7500000000000000002'];
  await addObservations(
    database,
    ids.map((post_id) => toObservation(postRecord({ post_id }))),
  );
  const [one, two] = ids.map((id): RefKey => `tiktok:post:${id}`);
  const unstored: RefKey = 'tiktok:post:7500000000000000003';
  await markExported(database, 'a', [one!, two!, unstored], 5);
  await markExported(database, 'b', [two!], 6);
  expect(await exportedRefs(database, 'a')).toEqual(new Set([one, two]));
  await forgetExported(database, 'b');
  expect(await exportedRefs(database, 'b')).toEqual(new Set());
  expect(await exportedRefs(database, 'a')).toEqual(new Set([one, two]));
  await markExported(database, 'b', [two!], 6);
  await deleteRefs(database, [two!]);
  expect(await exportedRefs(database, 'a')).toEqual(new Set([one]));
  expect(await exportedRefs(database, 'b')).toEqual(new Set());
});
