import { serveLogins } from '../../lib/app/login-exchange.ts';
import { serveFiles } from '../../lib/app/save-file.ts';

serveFiles();
serveLogins();
