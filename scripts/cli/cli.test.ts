import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { sharedFixtures, skippedNote } from '../../e2e/harness/shared-fixtures.ts';
import { runCli } from './run-cli.ts';

// Each call starts a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const post = 'https://www.tiktok.com/@lily/video/7240568259186019630';
const video = 'https://www.douyin.com/video/7298345678901234567';

describe('the call itself', () => {
  test('--help prints every command and succeeds', () => {
    const { exitCode, stdout, stderr } = runCli(['--help']);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    for (const command of ['detect', 'sign', 'inspect']) expect(stdout).toContain(`npm run -s cli -- ${command}`);
  });

  test.each(['detect', 'sign', 'inspect'])('%s --help is about that command', (command) => {
    const { exitCode, stdout } = runCli([command, '--help']);
    expect(exitCode).toBe(0);
    expect(stdout.match(/npm run -s cli/gu)).toHaveLength(1);
    expect(stdout).toContain(`npm run -s cli -- ${command}`);
  });

  test.each([
    ['no command', []],
    ['an unknown command', ['frobnicate']],
    ['a name of every object', ['constructor']],
    ['an unknown option', ['detect', '--frobnicate']],
    ['inspect without a file', ['inspect']],
    ['inspect with two files', ['inspect', 'a', 'b']],
    ['sign without a scheme', ['sign', '--secret', 's']],
    ['sign with an unknown scheme', ['sign', '--scheme', 'rot13', '--secret', 's']],
    ['sign with a stray argument', ['sign', '--scheme', 'md5-wrapped-secret', '--secret', 's', 'x']],
  ])('%s: usage on stderr, exit 2', (_name, args) => {
    const { exitCode, stdout, stderr } = runCli(args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('npm run -s cli');
    expect(stderr).not.toContain('    at ');
  });

  test.skipIf(process.platform === 'win32')('a closed pipe is no error (needs bash)', () => {
    const main = fileURLToPath(new URL('./main.ts', import.meta.url));
    const many = `yes ${video} | head -20000 | "${process.execPath}" "${main}" detect | head -1`;
    const { stdout, stderr } = spawnSync('bash', ['-c', many], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toBe(`{"url":"${video}","refs":["douyin:post:7298345678901234567"]}\n`);
  });
});

describe('detect', () => {
  const refs = [
    { url: post, refs: ['tiktok:post:7240568259186019630'] },
    { url: 'https://example.com/', refs: [] },
    { url: 'not a URL', refs: [] },
    { url: video, refs: ['douyin:post:7298345678901234567'] },
  ];

  test('one line per argument, in order, unknown ones too', () => {
    expect(runCli(['detect', ...refs.map(({ url }) => url)])).toMatchObject({ exitCode: 0, values: refs, stderr: '' });
  });

  test.each([
    ['lines', refs.map(({ url }) => url).join('\n')],
    [
      'a byte order mark, CRLF, empty lines and spaces',
      `\uFEFF${refs.map(({ url }) => `  ${url} `).join('\r\n\r\n')}\r\n`,
    ],
  ])('standard input with %s', (_name, stdin) => {
    expect(runCli(['detect'], { stdin })).toMatchObject({ exitCode: 0, values: refs });
  });

  test('non-ASCII comes through as UTF-8', () => {
    const url = 'https://www.tiktok.com/tag/穿搭';
    expect(runCli(['detect'], { stdin: url }).stdout).toBe(`{"url":"${url}","refs":["tiktok:hashtag:穿搭"]}\n`);
  });

  test('nothing in, nothing out', () => {
    expect(runCli(['detect'])).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  });
});

describe('sign', () => {
  const wrapped = ['sign', '--scheme', 'md5-wrapped-secret'];
  const parameters = '{"app_key":"your_app_key","timestamp":1700000000,"product_id":"1234567890","sign":"OLD"}';
  const signed = {
    string_to_sign: 'your_app_secretapp_keyyour_app_keyproduct_id1234567890timestamp1700000000your_app_secret',
    sign: '4498C685377082D5515144719F4F7061',
  };

  test.each([
    ['the secret of the flag', ['--secret', 'your_app_secret'], {}],
    ['the secret of the environment', [], { CLIPSCOPE_SECRET: 'your_app_secret' }],
    ['the flag before the environment', ['--secret', 'your_app_secret'], { CLIPSCOPE_SECRET: 'another' }],
  ])('%s', (_name, args, environment) => {
    const { exitCode, values, stderr } = runCli([...wrapped, ...args], { stdin: parameters, environment });
    expect({ exitCode, values, stderr }).toEqual({ exitCode: 0, values: [signed], stderr: '' });
  });

  test('the other scheme, with a large integer, a byte order mark and an empty secret', () => {
    const { values } = runCli(['sign', '--scheme', 'md5-urlencode-secret', '--secret', ''], {
      stdin: '\uFEFF{"video_id": 7298345678901234567, "name": "夏 日*~"}',
    });
    expect(values).toMatchObject([
      { string_to_sign: 'name=%E5%A4%8F+%E6%97%A5%2A~&video_id=7298345678901234567&secret=' },
    ]);
  });

  test('no secret at all is a wrong call', () => {
    const { exitCode, stderr } = runCli(wrapped, { stdin: parameters, environment: { CLIPSCOPE_SECRET: '' } });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('CLIPSCOPE_SECRET');
  });

  test.each([
    ['null', '{"good":1,"rate":null}', '"rate"'],
    ['true', '{"rate":true}', '"rate"'],
    ['a float', '{"rate":1.0}', '"rate"'],
    ['a list', '{"rate":[1]}', '"rate"'],
    ['an object', '{"rate":{}}', '"rate"'],
    ['a list for all', '[1]', 'JSON object'],
    ['no JSON', '{rate:1}', 'JSON'],
    ['nothing', '', 'JSON'],
  ])('%s is refused in one line that says what, without the secret', (_name, stdin, said) => {
    const { exitCode, stdout, stderr } = runCli([...wrapped, '--secret', 's3cr3t'], { stdin });
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(said);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('s3cr3t');
  });
});

interface Vector {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly secret: string;
  readonly string_to_sign: string;
  readonly sign: string;
}
interface VectorFile {
  readonly schemes: Readonly<Record<string, { readonly vectors: readonly Vector[] }>>;
}

/** The JSON text of a vector's parameters, as far as JSON has a text for them: `{"$py":"int","v":"1"}` is 1. */
function parametersText(params: Vector['params']): string | null {
  const members = Object.entries(params).map(([name, value]) => {
    if (typeof value === 'string') return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
    const digits = /^\{"\$py":"int","v":"(-?\d+)"\}$/u.exec(JSON.stringify(value))?.[1];
    return digits ? `${JSON.stringify(name)}:${digits}` : null;
  });
  return members.includes(null) ? null : `{${members.join(',')}}`;
}

const signing = sharedFixtures('signing');

describe.skipIf(!signing)(`the published signatures${skippedNote(signing)}`, () => {
  const file: VectorFile = signing
    ? JSON.parse(readFileSync(join(signing, 'base-schemes.json'), 'utf8'))
    : { schemes: {} };
  const cases = Object.entries(file.schemes).flatMap(([scheme, { vectors }]) =>
    vectors.flatMap((vector) => {
      const stdin = parametersText(vector.params);
      return stdin === null ? [] : [{ ...vector, scheme, stdin }];
    }),
  );

  test.each(cases)('$scheme: $name', ({ scheme, secret, stdin, string_to_sign: stringToSign, sign }) => {
    const { values } = runCli(['sign', '--scheme', scheme, '--secret', secret], { stdin });
    expect(values).toEqual([{ string_to_sign: stringToSign, sign }]);
  });
});
