import { serveFiles } from '../../lib/app/save-file.ts';

serveFiles();
