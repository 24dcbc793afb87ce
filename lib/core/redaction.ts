/** Takes credentials out of texts that others wrote: a server may echo what it was sent in many forms. */

const replacement = '[redacted]';
/** Shorter ones are redacted as whole words only: within words they would blot out ordinary text. */
const shortestInsideWords = 4;

const namedEntities: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);
}

/**
 * One character in every form in which it may come back: itself, percent-encoded (also twice), as a JSON escape (also in
 * JSON within JSON), as an HTML entity. Character by character, since every encoder leaves others as they are.
 */
function characterPattern(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const bytes = [...new TextEncoder().encode(character)].map((byte) => byte.toString(16).padStart(2, '0'));
  const units = Array.from({ length: character.length }, (_, at) =>
    character.charCodeAt(at).toString(16).padStart(4, '0'),
  );
  const entity = namedEntities[character];
  const forms = [
    String.raw`\\*${escapePattern(character)}`,
    bytes.map((hex) => `%(?:25)?${hex}`).join(''),
    units.map((hex) => String.raw`\\+u${hex}`).join(''),
    `&#0*${code};?`,
    `&#x0*${code.toString(16)};?`,
    ...(entity ? [`&(?:amp;)?${entity};`] : []),
    // A form writes a blank as a plus, and who tidies a text makes one blank of several.
    ...(/\s/u.test(character) ? [String.raw`\+`, String.raw`\s+`, String.raw`\\+[nrt]`] : []),
  ];
  return `(?:${forms.join('|')})`;
}

function patternOf(secret: string): RegExp | null {
  const text = secret.toWellFormed().trim();
  if (text === '') return null;
  const pattern = Array.from(text, characterPattern).join('');
  const isShort = text.length < shortestInsideWords;
  return new RegExp(isShort ? String.raw`(?<![\p{L}\p{N}])${pattern}(?![\p{L}\p{N}])` : pattern, 'giu');
}

/** Replaces every occurrence of a secret in any of its forms and in any casing. */
export function redactCredentials(text: string, secrets: readonly string[]): string {
  // The longest first: a key may be the beginning of its secret.
  return [...secrets]
    .sort((one, other) => other.length - one.length)
    .reduce((clean, secret) => {
      const pattern = patternOf(secret);
      return pattern ? clean.replace(pattern, replacement) : clean;
    }, text);
}
