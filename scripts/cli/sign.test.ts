/** The schemes of the `sign` command: all that a provider uses, each proved through the real command. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import vectors from '../../lib/signing/fixtures/vectors.json' with { type: 'json' };
import { signingSchemes } from '../../lib/signing/canonical.ts';
import { runCli } from './run-cli.ts';

const folder = join(import.meta.dirname, '../../lib/providers');
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|^harness/u.test(name))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/** The one function of lib/signing, besides the schemes themselves, that providers call, and its scheme. */
const ofFunction: Readonly<Record<string, string>> = { tiktokCodeChallenge: 'pkce-tiktok-hex' };

/** The ids of the schemes that a provider's file mentions; a use that names no scheme counts under its own name. */
function schemesIn(text: string): string[] {
  const named = [...text.matchAll(/signingSchemes\[\s*'?([^'\]]*)'?\s*\]/gu)].map((match) => match[1] ?? '');
  const imported = [...text.matchAll(/import \{([^}]*)\} from '\.\.\/signing\/[^']+'/gu)]
    .flatMap((match) => (match[1] ?? '').split(','))
    .map((name) => name.trim().replace(/^type /u, ''))
    .filter((name) => name !== '' && !/^signingSchemes$|^Sign/u.test(name))
    .map((name) => ofFunction[name] ?? name);
  return [...named, ...imported];
}

const used = files.flatMap(({ name, text }) => schemesIn(text).map((scheme) => ({ name, scheme })));
const { stdout: help } = runCli(['sign', '--help']);

describe('what providers sign with', () => {
  test('is found in their files', () => {
    expect(used).toContainEqual({ name: 'key-secret.ts', scheme: 'md5-urlencode-secret' });
    expect(used).toContainEqual({ name: 'open-platform.ts', scheme: 'md5-wrapped-secret' });
    expect(used).toContainEqual({ name: 'open-platform.ts', scheme: 'hmac-sha256-secret-key' });
    expect(schemesIn("import { md5UpperHex } from '../signing/digest.ts';")).toEqual(['md5UpperHex']);
    expect(schemesIn('signingSchemes[credential.method].sign(x)')).toEqual(['credential.method']);
    expect(schemesIn("import { tiktokCodeChallenge } from '../signing/pkce.ts';")).toEqual(['pkce-tiktok-hex']);
  });

  test.each(used)('$scheme of $name is a scheme of the sign command, which describes it', ({ scheme }) => {
    expect(Object.keys(signingSchemes)).toContain(scheme);
    // Once in the usage, once with a line of its own.
    expect(help.match(new RegExp(`(?<![\\w-])${scheme}(?![\\w-])`, 'gu'))?.length).toBeGreaterThanOrEqual(2);
  });
});

const vector = vectors.vectors.find(({ name }) => name === 'words of many scripts');

test.each(['md5-urlencode-secret', 'md5-wrapped-secret', 'hmac-sha256-secret-key'] as const)('%s', (scheme) => {
  const { values } = runCli(['sign', '--scheme', scheme, '--secret', vector?.secret ?? ''], {
    stdin: vector?.parameters ?? '',
  });
  expect(values).toEqual([vector?.[scheme]]);
});

test('pkce-tiktok-hex needs no secret', () => {
  const [first] = vectors.code_challenges;
  const { values, exitCode } = runCli(['sign', '--scheme', 'pkce-tiktok-hex'], {
    stdin: JSON.stringify({ code_verifier: first?.verifier }),
  });
  expect({ values, exitCode }).toEqual({
    values: [{ string_to_sign: first?.verifier, sign: first?.challenge }],
    exitCode: 0,
  });
});
