// `npm run test:interop`: our files read back by other people's programs. Slower than `npm test`, so it is its own script.
import { ensurePackages, ensureSystem, run } from './setup.mjs';

ensurePackages();
ensureSystem([
  'chromium',
  'fonts-noto-cjk',
  'fonts-noto-color-emoji',
  'python3',
  'libreoffice-calc',
  'python3-pandas',
  'python3-networkx',
  'r-base-core',
  'r-cran-jsonlite',
  'mariadb-server',
  'sqlite3',
  'pandoc',
  'bibutils',
]);
const built = run('npm', ['run', '-s', 'build']);
process.exit(built === 0 ? run('vitest', ['run', '--project', 'interop']) : built);
