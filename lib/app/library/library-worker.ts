/** The dedicated worker beside the library's page. It has no extension API; what it needs of it the page hands over. */
import { expose } from 'comlink';
import { connectCredentials, connectData } from '../../storage/database.ts';
import { carryErrors } from './carry-errors.ts';
import { createLibrary } from './library-service.ts';

carryErrors();
expose(
  createLibrary({
    data: connectData(),
    credentials: connectCredentials(),
    clock: { now: () => Date.now() },
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  }),
);
