// Makes a fresh machine ready. Plain JavaScript that Node 20 understands: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');

/** The environment in which the project's own Node 24 and tools come first. */
export const environment = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };

/** Runs a command in the project's root and returns its exit code. */
export function run(command, parameters, options = {}) {
  const { status, error } = spawnSync(command, parameters, {
    cwd: root,
    stdio: 'inherit',
    env: environment,
    ...options,
  });
  if (error) console.error(`${command}: ${error.message}`);
  return status ?? 1;
}

function runOrStop(command, parameters, options) {
  const status = run(command, parameters, options);
  if (status !== 0) process.exit(status);
}

function readPackages(...path) {
  const file = join(root, ...path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : null;
}

/**
 * Whether node_modules holds what the lock file names. npm writes its own list there at the end of a whole installation,
 * whoever began it; what is optional may be missing, being for another system.
 */
function hasPackages() {
  const installed = readPackages('node_modules', '.package-lock.json');
  if (!installed) return false;
  return Object.entries(readPackages('package-lock.json')).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' ||
      installed[path]?.version === version ||
      ((optional || devOptional) && installed[path] === undefined),
  );
}

/** Installs the npm packages when they are missing or not those of the lock file. */
export function ensurePackages() {
  if (hasPackages()) return;
  console.log('Installing packages (npm ci) …');
  runOrStop('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** The first Firefox that the extension runs in, see wxt.config.ts. */
const oldestFirefox = 147;

function hasFirefox() {
  const path = process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr';
  if (!existsSync(path)) return false;
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return Number(/Firefox (\d+)/.exec(stdout)?.[1] ?? 0) >= oldestFirefox;
}

function runs(program, ...parameters) {
  return spawnSync(program, parameters).status === 0;
}

/** Debian's modules are for Debian's Python; another one may come first in the path. */
function hasPythonModule(name) {
  return ['/usr/bin/python3', 'python3'].some((program) => runs(program, '-c', `import ${name}`));
}

/** What the system must have, by Debian package, and how its presence shows. */
const systemPackages = {
  chromium: () => existsSync(process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'),
  'firefox-esr': hasFirefox,
  'fonts-noto-cjk': () =>
    existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') || process.platform !== 'linux',
  'fonts-noto-color-emoji': () =>
    existsSync('/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf') || process.platform !== 'linux',
  python3: () => spawnSync('python3', ['-c', 'import csv']).status === 0,
  'libreoffice-calc': () => runs('libreoffice', '--version'),
  'python3-pandas': () => hasPythonModule('pandas'),
  'python3-networkx': () => hasPythonModule('networkx'),
  'r-base-core': () => runs('Rscript', '--version'),
  'r-cran-jsonlite': () => runs('Rscript', '-e', 'library(jsonlite)'),
  'mariadb-server': () => runs('mariadbd', '--version'),
  sqlite3: () => runs('sqlite3', '--version'),
  pandoc: () => runs('pandoc', '--version'),
  bibutils: () => runs('sh', '-c', 'command -v ris2xml'),
};

/** Installs the missing ones of these Debian packages as root, or prints the exact line and stops. */
export function ensureSystem(names) {
  const missing = names.filter((name) => !systemPackages[name]());
  if (missing.length === 0) return;
  const line = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) {
    const sudo = line.replaceAll('apt-get', 'sudo apt-get');
    console.error(
      `Clipscope needs system packages that are missing here, or too old. Install them, then run this again:\n\n  ${sudo}\n`,
    );
    process.exit(1);
  }
  console.log(`Installing system packages: ${missing.join(' ')} …`);
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...environment, DEBIAN_FRONTEND: 'noninteractive' } };
  runOrStop('sh', ['-c', line], quiet);
}
