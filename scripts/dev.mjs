// `npm run dev`: the sandbox in the background, WXT with hot reload in the foreground.
import { spawn } from 'node:child_process';
import { ensurePackages, environment, root, run } from './setup.mjs';

ensurePackages();
const sandbox = spawn('node', ['sandbox/main.ts', '--port', '8443', '--proxy-port', '8444'], {
  cwd: root,
  env: environment,
  stdio: 'inherit',
});
process.on('exit', () => sandbox.kill());
process.exit(run('wxt', process.argv.slice(2)));
