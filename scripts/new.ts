/**
 * `npm run new provider acme`: writes the files of a new provider and its lines in the registries, so that everything
 * compiles and one test fails: the one that says what comes next. Nothing is written unless all of it can be.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const usage = 'npm run new provider NAME    (NAME in kebab-case: acme, acme-shop)';

/** Something that the caller can mend; told in one line. */
class Refusal extends Error {}

interface Names {
  /** `acme-shop` */
  readonly id: string;
  /** `acmeShop` */
  readonly camel: string;
  /** `acme_shop`, for message keys. */
  readonly snake: string;
  /** `Acme Shop` */
  readonly label: string;
}

const reserved =
  /^(?:await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/u;

const longestName = 40;

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function namesOf(id: string): Names {
  const isName = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u.test(id) && id.length <= longestName && !reserved.test(id);
  if (!isName) throw new Refusal(`"${id}" is no name for a provider: ${usage}`);
  const words = id.split('-');
  return {
    id,
    camel: words.map((word, index) => (index === 0 ? word : capitalised(word))).join(''),
    snake: words.join('_'),
    label: words.map(capitalised).join(' '),
  };
}

/** Template in scripts/new-provider → the file that is made of it. */
const files: readonly (readonly [template: string, path: (id: string) => string])[] = [
  ['provider.ts.txt', (id) => `lib/providers/${id}.ts`],
  ['provider.test.ts.txt', (id) => `lib/providers/${id}.test.ts`],
  ['payload.ts.txt', (id) => `lib/payloads/${id}-post.ts`],
  ['payload.test.ts.txt', (id) => `lib/payloads/${id}-post.test.ts`],
  ['fixture.json.txt', (id) => `lib/payloads/fixtures/${id}-post.json`],
  ['sandbox.ts.txt', (id) => `sandbox/${id}.ts`],
  ['sandbox.test.ts.txt', (id) => `sandbox/${id}.test.ts`],
];

const templates = join(import.meta.dirname, 'new-provider');

function fill(template: string, { id, camel, snake, label }: Names): string {
  return readFileSync(join(templates, template), 'utf8')
    .replaceAll('__id__', id)
    .replaceAll('__camel__', camel)
    .replaceAll('__Camel__', capitalised(camel))
    .replaceAll('__snake__', snake)
    .replaceAll('__Label__', label);
}

/** The text with `added` before the first match of `anchor`. */
function insertBefore(path: string, text: string, anchor: RegExp, added: string): string {
  const at = text.search(anchor);
  if (at === -1) throw new Refusal(`${path} is not as expected: ${String(anchor)} is not in it. Mend scripts/new.ts.`);
  return text.slice(0, at) + added + text.slice(at);
}

type Edit = readonly [anchor: RegExp, added: string];

/** What is added to files that are there: the anchor is what the line goes before. */
function editsOf({ id, camel }: Names): Readonly<Record<string, readonly Edit[]>> {
  return {
    'lib/providers/index.ts': [
      [/^import /mu, `import { ${camel} } from './${id}.ts';\n`],
      [/,?\s*\];/u, `, ${camel}`],
    ],
    'lib/payloads/index.ts': [
      [/^import /mu, `import { ${camel}Post } from './${id}-post.ts';\n`],
      // Before the shapes of the platforms, which recognise more.
      [/(?<=^export const payloads[^[]*\[\]? = \[)\s/mu, `\n  ${camel}Post,`],
    ],
    'sandbox/apis.ts': [
      [/^import /mu, `import { handle${capitalised(camel)}, ${camel}Host } from './${id}.ts';\n`],
      [/^\];/mu, `  { handles: (host) => host === ${camel}Host, handle: handle${capitalised(camel)} },\n`],
    ],
    'sandbox/types.ts': [
      [/;(?=\n\n\/\*\* An invented person)/u, `\n  | '${id}'`],
      [/(?<=^export interface SandboxCredentials \{[^}]*(?:\{[^}]*\}[^}]*)*)\n\}/mu, `\n  ${camel}: { key: string };`],
    ],
    'sandbox/state.ts': [[/^ {4}\},\n {4}calls: \[\],/mu, `      ${camel}: { key: 'sandbox-${id}-key' },\n`]],
  };
}

function withWords(text: string, words: Readonly<Record<string, readonly string[]>>, language: number): string {
  const messages: Record<string, unknown> = JSON.parse(text);
  for (const [key, forms] of Object.entries(words)) messages[key] = { message: forms[language] ?? '' };
  const sorted = Object.fromEntries(Object.entries(messages).sort(([one], [other]) => (one < other ? -1 : 1)));
  return `${JSON.stringify(sorted, null, 2)}\n`;
}

/** Refuses a name that the skeleton's own code uses for something else. */
function checkFree({ id, camel }: Names): void {
  const isUsed = files.some(([template]) =>
    new RegExp(`(?<![\\w-])${camel}(?![\\w-])`, 'u').test(readFileSync(join(templates, template), 'utf8')),
  );
  if (isUsed) throw new Refusal(`The name "${id}" is a word of the skeleton itself: choose a more telling one.`);
}

/** Every file of the result by its path below the root. */
function plan(root: string, names: Names): ReadonlyMap<string, string> {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const planned = new Map<string, string>();
  for (const [template, pathOf] of files) {
    const path = pathOf(names.id);
    if (existsSync(join(root, path))) throw new Refusal(`The name "${names.id}" is taken: ${path} exists.`);
    planned.set(path, fill(template, names));
  }
  for (const [path, edits] of Object.entries(editsOf(names))) {
    const before = read(path);
    const isTaken = new RegExp(`(?<![\\w'-])(?:${names.camel}|${names.camel}Post)(?![\\w'-])`, 'u').test(before);
    if (isTaken) throw new Refusal(`The name "${names.id}" is taken: ${path} uses ${names.camel}.`);
    planned.set(
      path,
      edits.reduce((text, [anchor, added]) => insertBefore(path, text, anchor, added), before),
    );
  }
  const words: Record<string, string[]> = JSON.parse(fill('words.json.txt', names));
  for (const [index, language] of ['en', 'zh_CN'].entries()) {
    const path = `public/_locales/${language}/messages.json`;
    const before = read(path);
    const taken = Object.keys(words).find((key) => before.includes(`"${key}"`));
    if (taken) throw new Refusal(`The name "${names.id}" is taken: ${path} has ${taken}.`);
    planned.set(path, withWords(before, words, index));
  }
  return planned;
}

/** With the formatter of the project, so that a long name breaks lines where it should. */
function format(root: string, paths: readonly string[]): void {
  const biome = join(root, 'node_modules/.bin/biome');
  if (!existsSync(biome)) return;
  const { status, stderr } = spawnSync(biome, ['format', '--write', ...paths], { cwd: root, encoding: 'utf8' });
  if (status !== 0) process.stderr.write(`The files could not be formatted: npm run format\n${stderr}`);
}

function makeProvider(root: string, id: string): void {
  const names = namesOf(id);
  checkFree(names);
  const planned = plan(root, names);
  for (const [path, text] of planned) writeFileSync(join(root, path), text);
  format(
    root,
    [...planned.keys()].filter((path) => path.endsWith('.ts')),
  );
  process.stdout.write(
    `${[...planned.keys()].join('\n')}\n\nNext: npx vitest run lib/providers/${id}.test.ts\n` +
      'One test fails and says what comes next; CONTRIBUTING.md describes the whole way.\n',
  );
}

function main(args: readonly string[]): void {
  // Another folder than this project: for the tests.
  const [kind, id, option, folder] = args;
  const isCall = kind === 'provider' && id !== undefined && (option === undefined || option === '--folder');
  if (!isCall) throw new Refusal(usage);
  makeProvider(resolve(folder ?? join(import.meta.dirname, '..')), id);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
