/** The recipe for a provider, tried on a copy of this project. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const notCopied = new Set(['node_modules', '.git', '.output', 'test-results', 'tour', 'results', '.cache']);
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clipscope-new-'));
  for (const name of readdirSync(root).filter((each) => !notCopied.has(each))) {
    cpSync(join(root, name), join(folder, name), { recursive: true, filter: (path) => !notCopied.has(basename(path)) });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1e8,
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  return { status, stdout, stderr };
}

const make = (...args: readonly string[]): Outcome => run(process.execPath, ['scripts/new.ts', ...args]);

/** Every file of the copy, by its path. */
function snapshot(): Readonly<Record<string, string>> {
  const entries = ['lib', 'sandbox', 'public'].flatMap((top) =>
    readdirSync(join(folder, top), { recursive: true, withFileTypes: true }),
  );
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'latin1')]),
  );
}

function tool(name: string): string {
  return join(folder, 'node_modules/.bin', name);
}

interface TestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

function failuresOf(...files: readonly string[]) {
  const report = join(folder, 'report.json');
  run(tool('vitest'), ['run', '--reporter=json', `--outputFile=${report}`, ...files]);
  const { testResults }: TestReport = JSON.parse(readFileSync(report, 'utf8'));
  expect(testResults).toHaveLength(files.length);
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(results.length).toBeGreaterThan(files.length);
  return results.filter(({ status }) => status === 'failed');
}

describe('a refused name leaves everything as it was', () => {
  let before: Readonly<Record<string, string>> = {};
  beforeAll(() => {
    before = snapshot();
  });
  afterAll(() => expect(snapshot()).toEqual(before));

  test.each([
    [[], 'NAME'],
    [['exporter', 'acme'], 'NAME'],
    [['provider'], 'NAME'],
    [['provider', 'acme', '--force'], 'NAME'],
    [['provider', ''], 'no name'],
    [['provider', 'Acme'], 'no name'],
    [['provider', 'acme_shop'], 'no name'],
    [['provider', '2acme'], 'no name'],
    [['provider', 'acme-'], 'no name'],
    [['provider', '../acme'], 'no name'],
    [['provider', 'a'.repeat(41)], 'no name'],
    [['provider', 'class'], 'no name'],
    [['provider', 'gateway'], 'taken'],
    [['provider', 'open-platform'], 'taken'],
    [['provider', 'http-answer'], 'taken'],
    // A file of the sandbox.
    [['provider', 'server'], 'taken'],
    [['provider', 'provider-by-id'], 'taken'],
    [['provider', 'credential'], 'skeleton'],
    [['provider', 'wrong-item-error'], 'skeleton'],
  ])('%j', (args, said) => {
    const { status, stdout, stderr } = make(...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('neither does a registry that is not as expected', () => {
    const path = join(folder, 'sandbox/state.ts');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('calls: [],', 'calls: [] as ApiCall[],'));
    const changed = snapshot();
    const { status, stderr } = make('provider', 'acme');
    expect(status).toBe(1);
    expect(stderr).toContain('sandbox/state.ts is not as expected');
    expect(snapshot()).toEqual(changed);
    writeFileSync(path, text);
  });
});

/** The second shows whether lines break where the formatter wants them. */
const ids = ['acme', 'acme-shop-of-a-long-name-2'];
const filesOf = (id: string): readonly string[] => [
  `lib/providers/${id}.ts`,
  `lib/providers/${id}.test.ts`,
  `lib/payloads/${id}-post.ts`,
  `lib/payloads/${id}-post.test.ts`,
  `lib/payloads/fixtures/${id}-post.json`,
  `sandbox/${id}.ts`,
  `sandbox/${id}.test.ts`,
];
const code = ids.flatMap(filesOf).filter((path) => path.endsWith('.ts'));

describe('npm run new provider', () => {
  test.each(ids)('%s writes the files, and lines in those that are there', (id) => {
    const before = snapshot();
    const { status, stdout, stderr } = make('provider', id);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`npx vitest run lib/providers/${id}.test.ts`);
    const after = snapshot();
    const written = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(written.sort()).toEqual(
      [
        ...filesOf(id),
        'lib/providers/index.ts',
        'lib/payloads/index.ts',
        'sandbox/apis.ts',
        'sandbox/types.ts',
        'sandbox/state.ts',
        'public/_locales/en/messages.json',
        'public/_locales/zh_CN/messages.json',
      ].sort(),
    );
    expect(filesOf(id).filter((path) => /__[a-z]/iu.test(after[path] ?? ''))).toEqual([]);
    expect(make('provider', id)).toMatchObject({ status: 1, stdout: '' });
  });

  test('they compile, and are as the formatter and the linter want them', () => {
    // What others leave unfinished is theirs.
    const about = (text: string): string[] => text.split('\n').filter((line) => /acme/iu.test(line));
    expect(about(run(tool('tsc'), ['--noEmit']).stdout)).toEqual([]);
    expect(run(tool('oxlint'), ['--format', 'unix', ...code])).toMatchObject({ status: 0 });
    // The list of ignored files is that of a git repository, which the copy is not.
    expect(run(tool('biome'), ['format', '--vcs-enabled=false', ...code])).toMatchObject({ status: 0 });
  }, 120_000);

  test('one test of each fails, and says what comes next', () => {
    const failed = failuresOf(...code.filter((path) => path.endsWith('.test.ts')));
    expect(failed.map(({ fullName }) => fullName)).toEqual(ids.map(() => 'nothing of the skeleton is left'));
    for (const { failureMessages } of failed) {
      expect(failureMessages.join('\n')).toMatch(/Next for Acme.*: lib\/providers\/.*\.ts:\d+ say what this API is/u);
    }
  }, 120_000);

  test('the tests of the structure have nothing to say about them', () => {
    const failed = failuresOf('lib/registry.test.ts', 'lib/architecture.test.ts');
    const messages = failed.flatMap(({ failureMessages }) => failureMessages);
    // A list that is wrong for another reason may show the name without a sign.
    expect(messages.filter((message) => /^\s*[+-].*acme/imu.test(message))).toEqual([]);
  }, 120_000);

  test('it passes when each of its lines was taken out', () => {
    for (const path of code.filter((each) => !/providers\/.*\.test\.ts$/u.test(each))) {
      const text = readFileSync(join(folder, path), 'utf8');
      writeFileSync(join(folder, path), text.replace(/^.*SKELETON: .*\n/gmu, ''));
    }
    expect(failuresOf(...ids.map((id) => `lib/providers/${id}.test.ts`))).toEqual([]);
  }, 120_000);
});
