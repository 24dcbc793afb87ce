// `npm start`: installs what is missing, builds, starts the sandbox and opens a browser with the extension. Without a
// display the same tour runs headless and leaves what it saw in tour/.
import { ensurePackages, ensureSystem, run } from './setup.mjs';

ensurePackages();
ensureSystem(['chromium', 'fonts-noto-cjk', 'fonts-noto-color-emoji']);
const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
const built = run('npm', ['run', '-s', 'build']);
if (built !== 0) process.exit(built);
process.exit(
  run('node', [
    '--disable-warning=ExperimentalWarning',
    'scripts/tour.ts',
    display ? '--window' : '--headless',
    ...process.argv.slice(2),
  ]),
);
