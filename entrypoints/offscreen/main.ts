import { serveFiles } from '../../lib/app/save-file.ts';
import { openData } from '../../lib/storage/database.ts';

serveFiles(() => openData());
