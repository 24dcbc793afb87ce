/** What a spreadsheet makes of our CSV: read back through LibreOffice, not through code of ours. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageState } from '../../lib/messaging/protocol.ts';
import { eventually, type Session, startSession } from '../harness/session.ts';

const office = spawnSync('libreoffice', ['--version']).status === 0;
let session: Session;
let folder: string;
beforeAll(async () => {
  if (!office)
    throw new Error('LibreOffice is missing. Install it: apt-get install -y --no-install-recommends libreoffice-calc');
  session = await startSession();
  folder = mkdtempSync(join(tmpdir(), 'clipscope-office-'));
});
afterAll(async () => {
  await session?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a CSV in LibreOffice with every column as text (UTF-8, comma, quotes) and has it written back as CSV. */
function throughOffice(csv: Buffer): string {
  writeFileSync(join(folder, 'in.csv'), csv);
  // Token 10 (detect numbers) off and quoted fields as text keep 19-digit ids; columns 1-200 are text (type 2).
  const columns = Array.from({ length: 200 }, (_, index) => `${index + 1}/2`).join('/');
  const home = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const ods = spawnSync(
    'libreoffice',
    [
      home,
      '--headless',
      `--infilter=CSV:44,34,76,1,${columns},0,true,false`,
      '--convert-to',
      'ods',
      '--outdir',
      folder,
      join(folder, 'in.csv'),
    ],
    { encoding: 'utf8' },
  );
  if (ods.status !== 0) throw new Error(ods.stderr);
  const back = spawnSync(
    'libreoffice',
    [
      home,
      '--headless',
      '--convert-to',
      'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true',
      '--outdir',
      join(folder, 'out'),
      join(folder, 'in.ods'),
    ],
    { encoding: 'utf8' },
  );
  if (back.status !== 0) throw new Error(back.stderr);
  return readFileSync(join(folder, 'out', 'in.csv'), 'utf8');
}

function rowsOf(csv: string | Buffer): Record<string, string>[] {
  const read = spawnSync(
    'python3',
    [
      '-c',
      'import csv,json,sys,io\nprint(json.dumps(list(csv.DictReader(io.StringIO(sys.stdin.buffer.read().decode("utf-8-sig"), newline="")))))',
    ],
    { input: csv, encoding: 'utf8' },
  );
  return JSON.parse(read.stdout) as Record<string, string>[];
}

describe('LibreOffice', () => {
  it('opens an exported page undamaged: ids, CJK, emoji, quotes, line breaks, right-to-left, formulas as text', async () => {
    await session.saveKeys();
    const { ids } = session.sandbox.world;
    const special = [
      ids.tiktok.formulaCaption,
      ids.tiktok.lineBreaksAndQuotes,
      ids.tiktok.rightToLeft,
      ids.tiktok.video,
    ];
    for (const [index, id] of special.entries()) {
      const post = session.sandbox.world.post(id);
      const page = await session.open(`https://www.tiktok.com/@${post?.author.handle}/video/${id}`);
      await page.bringToFront();
      const tabId = await session.browser.tabId(page);
      await eventually(
        () => session.ask<PageState | null>('page.get', { tabId }),
        (now) => now?.refs[0] === `tiktok:post:${id}`,
      );
      await session.ask('record.lookup', { ref: `tiktok:post:${id}`, refresh: false, tabId });
      await session.ask('export.run', { tabId, scope: 'page' });
      // The page gives comments and hashtags too, each kind of thing a file of its own.
      const posts = [...(await session.files(index + 1))].filter(([name]) => name.includes('_posts_'));
      const csv = posts.find(([, file]) => rowsOf(file)[0]?.['post_id'] === id)?.[1] ?? Buffer.of();
      const before = rowsOf(csv);
      expect(before[0]).toMatchObject({ post_id: id, caption: post?.caption });
      expect(before.every((row) => /^\d{19}$/u.test(row['post_id'] ?? ''))).toBe(true);
      // A spreadsheet cell ends its lines with LF, whatever the file had.
      const settled = (rows: Record<string, string>[]): unknown =>
        JSON.parse(JSON.stringify(rows).replaceAll(String.raw`\r\n`, String.raw`\n`));
      expect(settled(rowsOf(throughOffice(csv)))).toEqual(settled(before));
      await page.close();
    }
  });
});
