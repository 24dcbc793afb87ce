// `npm run dev`: the sandbox in the background, WXT with hot reload in the foreground. Both end together.
import { spawn } from 'node:child_process';
import { ensurePackages, environment, root } from './setup.mjs';

ensurePackages();
const start = (command, parameters) => spawn(command, parameters, { cwd: root, env: environment, stdio: 'inherit' });
const sandbox = start('node', ['sandbox/main.ts', '--port', '8443', '--proxy-port', '8444']);
const wxt = start('wxt', process.argv.slice(2));
const both = [sandbox, wxt];

for (const child of both) {
  child.on('error', (error) => console.error(error.message));
  child.on('exit', (code) => {
    process.exitCode ??= code ?? 0;
    for (const other of both) other.kill();
  });
}
// A terminal tells all of them; whoever ends only this process means all of them.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of both) child.kill(signal);
  });
}
