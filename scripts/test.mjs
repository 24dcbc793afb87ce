// `npm test`: every check and test, in real browsers, from a fresh checkout. The last line counts them.
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages, ensureSystem, environment, root, run } from './setup.mjs';

const results = join(root, 'test-results');
ensurePackages();
ensureSystem(['chromium', 'firefox-esr', 'fonts-noto-cjk', 'fonts-noto-color-emoji', 'python3']);
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const count = { passed: 0, failed: 0, skipped: 0 };

/** Runs one step; a failed step counts as one failure and the others still run, so that one run tells everything. */
function step(name, command, parameters) {
  console.log(`\n── ${name}`);
  if (run(command, parameters) === 0) count.passed += 1;
  else count.failed += 1;
}

function vitest(projects) {
  const file = join(results, `${projects.join('-')}.json`);
  const names = projects.flatMap((project) => ['--project', project]);
  return { file, parameters: ['run', ...names, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`] };
}

function countTests(file, status) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    count.passed += report.numPassedTests;
    count.failed += report.numFailedTests;
    count.skipped += report.numPendingTests + (report.numTodoTests ?? 0);
    // A file that does not even load has no failed test of its own.
    if (status !== 0 && report.numFailedTests === 0) count.failed += 1;
  } catch {
    count.failed += 1;
  }
}

function tests(name, projects) {
  console.log(`\n── ${name}`);
  const { file, parameters } = vitest(projects);
  countTests(file, run('vitest', parameters));
}

/** Begins tests beside others; what they print comes once they have ended, which the function that it returns waits for. */
function beginTests(name, projects) {
  const { file, parameters } = vitest(projects);
  // Into a file: a pipe would fill up, since the others are waited for without reading from it.
  const printed = file.replace(/json$/u, 'txt');
  const output = openSync(printed, 'w');
  const child = spawn('vitest', parameters, { cwd: root, env: environment, stdio: ['ignore', output, output] });
  const ended = new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('close', (status) => resolve(status ?? 1));
  });
  return async () => {
    const status = await ended;
    console.log(`\n── ${name}`);
    process.stdout.write(readFileSync(printed));
    countTests(file, status);
  };
}

step('Types', 'npm', ['run', '-s', 'check:types']);
step('Lint', 'npm', ['run', '-s', 'check:lint']);
step('Format', 'npm', ['run', '-s', 'check:format']);
step('Build for Chromium', 'npm', ['run', '-s', 'build']);
step('Build for Firefox', 'npm', ['run', '-s', 'build:firefox']);
const waited = beginTests('End to end, those that mostly wait (ran beside the unit tests)', ['waiting']);
tests('Unit and structure tests', ['unit', 'structure']);
await waited();
tests('End to end in Chromium and Firefox', ['e2e']);

console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exit(count.failed === 0 ? 0 : 1);
