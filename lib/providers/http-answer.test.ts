import { describe, expect, test } from 'vitest';
import { cleanWords, partyError } from './http-answer.ts';
import { redactCredentials } from '../core/redaction.ts';

const secret = `S3cret*~ +/=&key'"<密>`;
const party = { provider: 'p', label: 'P', secrets: ['t_Key_4711', secret] };

describe('redaction', () => {
  const echoes: Readonly<Record<string, string>> = {
    'as it is': secret,
    'in capitals': secret.toUpperCase(),
    'in small letters': secret.toLowerCase(),
    'by encodeURIComponent': encodeURIComponent(secret),
    'by encodeURIComponent, hex in small letters': encodeURIComponent(secret).toLowerCase(),
    'by encodeURI': encodeURI(secret),
    'as a form': new URLSearchParams({ s: secret }).toString().slice(2),
    'as Python’s quote_plus': 'S3cret%2A~+%2B%2F%3D%26key%27%22%3C%E5%AF%86%3E',
    'as Java’s URLEncoder': 'S3cret*%7E+%2B%2F%3D%26key%27%22%3C%E5%AF%86%3E',
    'encoded twice': encodeURIComponent(encodeURIComponent(secret)),
    'in JSON': JSON.stringify({ secret }),
    'in JSON by PHP': JSON.stringify({ secret }).replaceAll('/', String.raw`\/`).replaceAll('密', String.raw`\u5bc6`),
    'in JSON in JSON': JSON.stringify(JSON.stringify({ secret })),
    'in HTML': `S3cret*~ +/=&amp;key&#39;&quot;&lt;密&gt;`,
    'in HTML by PHP': `S3cret*~ +/=&amp;key&#039;&quot;&lt;密&gt;`,
    'in an address in HTML': encodeURIComponent(secret).replaceAll("'", '&#39;'),
  };
  test.each(Object.entries(echoes))('a secret that comes back %s', (_name, echo) => {
    const clean = redactCredentials(`before [${echo}] after`, party.secrets);
    expect(clean).toContain('[redacted]');
    expect(clean).not.toMatch(/s3cret/iu);
    expect(clean).toMatch(/^before .* after$/u);
    expect(cleanWords(`before ${echo} after`, party)).not.toMatch(/s3cret/iu);
  });

  test('a short secret goes as a word and leaves other words alone', () => {
    expect(redactCredentials('Key[abc] wrong: abc. abcess, 1abc', ['abc'])).toBe(
      'Key[[redacted]] wrong: [redacted]. abcess, 1abc',
    );
    expect(redactCredentials('', ['', ' '])).toBe('');
  });

  test('a key that begins its secret leaves no rest', () => {
    expect(redactCredentials('sign of abcd1234', ['abcd', 'abcd1234'])).toBe('sign of [redacted]');
  });

  test('every printable character may be in a secret', () => {
    const all = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 32 + index)).trim();
    for (const echo of [all, encodeURIComponent(all), new URLSearchParams({ all }).toString(), JSON.stringify(all)]) {
      expect(redactCredentials(`x ${echo} y`, [all])).toContain('[redacted]');
    }
    for (const character of all) {
      expect(redactCredentials(`k${character}23456`, [`k${character}23456`])).toBe('[redacted]');
    }
  });

  test('characters with a meaning in patterns are taken literally', () => {
    expect(redactCredentials('a.*b|c axxb', ['a.*b|c'])).toBe('[redacted] axxb');
    expect(redactCredentials('\u{D800}x', ['\u{D800}lone'])).toBe('\u{D800}x');
  });

  test('no field of an error keeps one, not even the code that a server made up', () => {
    const error = partyError(party, 'auth', `invalid ${secret}`, {
      upstreamCode: `invalid key T_KEY_4711`,
      upstreamMessage: `<b>${secret}</b>`,
      parameters: [secret, 't_Key_4711'],
    });
    const text = JSON.stringify(error.toWire()) + String(error.stack);
    expect(text).not.toMatch(/s3cret|t_key_4711/iu);
  });

  test('a made-up code is cut to a reasonable length', () => {
    expect(partyError(party, 'auth', 'x', { upstreamCode: 'x'.repeat(500) }).details.upstreamCode).toHaveLength(60);
  });
});
