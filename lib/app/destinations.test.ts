import 'fake-indexeddb/auto';
import { fakeBrowser } from '../storage/fake-browser.samples.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { createSandboxFetch } from '../../sandbox/test-client.ts';
import type { WaitingClock } from '../core/ports.ts';
import { newDatabaseName } from '../jobs/quiet.samples.ts';
import type { WorkerEvent } from '../messaging/protocol.ts';
import { getCredential } from '../storage/credentials.ts';
import { connectCredentials } from '../storage/database.ts';
import { getTriedOrigins } from '../storage/items.ts';
import { createSystemClock } from '../transport/clock.ts';
import { createHttp } from '../transport/http.ts';
import { createDestinations } from './destinations.ts';
import { uploadFile } from './upload.ts';

let sandbox: Sandbox;
let line: ReturnType<typeof createSandboxFetch>;
beforeAll(async () => {
  sandbox = await startSandbox();
  line = createSandboxFetch(sandbox.port);
});
afterAll(async () => {
  line.close();
  await sandbox.close();
});

const http = createHttp(createSystemClock());
/** Nobody waits between two questions. */
const clock: WaitingClock = { now: () => Date.now(), sleep: async () => undefined };

function office() {
  const credentials = connectCredentials(newDatabaseName());
  const granted = new Set<string>();
  const events: WorkerEvent[] = [];
  const destinations = createDestinations({
    credentials,
    http,
    clock,
    hasAccess: async (origins) => origins.every((origin) => granted.has(origin)),
    giveBackAccess: async (origins) => origins.forEach((origin) => granted.delete(origin)),
    tell: (event) => void events.push(event),
  });
  return {
    ...destinations,
    granted,
    events,
    stored: async () => (await getCredential(await credentials(), 'four-cat'))?.values ?? null,
    upload: (file: Blob) => uploadFile({ credentials, http, clock }, { destination: 'four-cat', file }),
  };
}

const sender = { from: 'page', tabId: null, url: null } as never;
const server = 'https://4cat.team.test';
const destination = 'four-cat';
let own: ReturnType<typeof office>;
let values: { server: string; token: string; authors: string };
beforeEach(() => {
  vi.stubGlobal('fetch', line.fetch);
  fakeBrowser.reset();
  own = office();
  values = { ...sandbox.credentials.fourCat, authors: 'none' };
});
afterEach(() => {
  vi.unstubAllGlobals();
  sandbox.reset();
});

const save = (given: Record<string, string> = values) =>
  own.handlers['destination.save']({ destination, values: given }, sender);

describe('the credential', () => {
  test('is kept, and its token never comes back', async () => {
    const states = [await save(), ...(await own.handlers['destination.list']({}, sender))];
    expect(states).toEqual(
      states.map(() => ({
        destination,
        saved: true,
        values: { server, token: '', authors: 'none' },
        storedSecrets: ['token'],
      })),
    );
    expect(await own.stored()).toEqual({ server, token: values.token, authors: 'none' });
    expect(own.events).toEqual([{ event: 'credentials.changed' }]);
  });

  test('stays where its field is left empty, and is used by the test', async () => {
    await save();
    own.granted.add(server);
    await own.handlers['destination.test']({ destination, values: { ...values, token: '' } }, sender);
    await save({ server, token: '', authors: 'anonymise' });
    expect(await own.stored()).toEqual({ server, token: values.token, authors: 'anonymise' });
    expect(sandbox.calls).toMatchObject([{ path: '/api/version.json', verdict: 'ok' }]);
  });

  test('that is incomplete is refused by the names of its fields', async () => {
    await expect(save({ server: 'http://4cat.team.test', token: values.token })).rejects.toMatchObject({
      code: 'auth',
      details: { parameters: ['4CAT', 'server'] },
    });
    expect(await own.stored()).toBeNull();
  });

  test('gives the permission of its server back: when it is deleted, and when it is another one’s', async () => {
    await save();
    own.granted.add(server).add('https://other.test');
    await save({ ...values, server: 'https://other.test/4cat/' });
    expect([...own.granted]).toEqual(['https://other.test']);
    await own.handlers['destination.delete']({ destination }, sender);
    expect([...own.granted]).toEqual([]);
    expect(await own.stored()).toBeNull();
  });

  test('that was only tried gives its permission back with the next change', async () => {
    own.granted.add(server);
    await own.handlers['destination.test']({ destination, values }, sender);
    expect(await getTriedOrigins()).toEqual([server]);
    await own.handlers['destination.delete']({ destination }, sender);
    expect([...own.granted]).toEqual([]);
  });
});

describe('a file', () => {
  const item = { id: '1', desc: 'x', createTime: 1, author: 'a', video: {}, music: { id: '1', title: 'x' } };
  const stats = { diggCount: 1, commentCount: 2, shareCount: 3, playCount: 4 };
  const wrapped = (platform: string) =>
    new Blob([
      `${JSON.stringify({ nav_index: '1:-1:0', item_id: '1', timestamp_collected: 1, last_updated: 1, source_platform: platform, source_platform_url: '', source_url: '', user_agent: 'x', data: { ...item, stats }, id: 1 })}\n`,
    ]);

  test('is sent under the platform that its first line names', async () => {
    await save();
    expect(await own.upload(wrapped('tiktok.com'))).toMatchObject({ platform: 'tiktok.com', state: 'done', rows: 1 });
    expect(sandbox.fourCatImports).toMatchObject([{ platform: 'tiktok.com', authors: 'none', problems: [] }]);
  });

  test('without an item is not sent', async () => {
    await save();
    await expect(own.upload(new Blob([]))).rejects.toMatchObject({
      code: 'not_found',
      details: { advice: 'error_nothing_to_send' },
    });
    expect(sandbox.calls).toEqual([]);
  });

  test('is not made before a credential and a permission are there', async () => {
    await expect(own.ensureReady(destination)).rejects.toMatchObject({ code: 'auth' });
    await save();
    await expect(own.ensureReady(destination)).rejects.toMatchObject({
      code: 'permission',
      details: { advice: 'error_host_permission', parameters: [server, '4CAT'] },
    });
    own.granted.add(server);
    await expect(own.ensureReady(destination)).resolves.toBeUndefined();
    await expect(own.ensureReady('nowhere')).rejects.toMatchObject({ code: 'bad_request' });
  });

  test('that is refused is told without the token', async () => {
    await save({ ...values, token: 'wrong-token-4711' });
    const error: unknown = await own.upload(wrapped('tiktok.com')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'auth', details: { advice: 'error_four_cat_login' } });
    expect(JSON.stringify(error)).not.toContain('wrong-token-4711');
  });
});
