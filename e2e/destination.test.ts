/** The team's 4CAT in real Chromium: its card in the options, from a typed-in token to a forgotten one. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { DestinationState } from '../lib/messaging/protocol.ts';
import { eventually, type Session, startSession } from './harness/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session?.close());
afterEach(async () => {
  await session.ask('destination.delete', { destination: 'four-cat' });
  session.sandbox.reset();
});

const states = () => session.ask<readonly DestinationState[]>('destination.list', {});

async function openCard(): Promise<Page> {
  const options = await session.browser.openSurface('options');
  await options.getByTestId('open-four-cat').click();
  return options;
}

async function type(options: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values))
    await options.getByTestId(`credential-four-cat-${name}`).fill(value);
}

it('a token is typed in, tested, saved, never shown again, and deleted with its permission', async () => {
  const { server, token } = session.sandbox.credentials.fourCat;
  await session.allow(server);
  const options = await openCard();
  await type(options, { server: `${server}/`, token });
  await options.getByTestId('test-four-cat').click();
  await options.getByTestId('outcome-four-cat').getByText('The server accepts the token.').waitFor();
  expect(session.sandbox.calls).toMatchObject([{ api: 'four-cat', path: '/api/version.json', verdict: 'ok' }]);
  await options.getByTestId('save-four-cat').click();
  await eventually(states, ([state]) => state?.saved === true);
  await options.getByTestId('saved-four-cat').getByText('Key saved').waitFor();
  expect(await states()).toEqual([
    {
      destination: 'four-cat',
      saved: true,
      values: { server, token: '', authors: 'pseudonymise' },
      storedSecrets: ['token'],
    },
  ]);
  await options.close();

  const again = await openCard();
  expect(await again.getByTestId('credential-four-cat-server').inputValue()).toBe(server);
  expect(await again.getByTestId('credential-four-cat-token').inputValue()).toBe('');
  expect(await again.content()).not.toContain(token);
  await again.getByTestId('delete-four-cat').click();
  await again.getByTestId('delete-confirm-four-cat').click();
  await again
    .getByTestId('outcome-four-cat')
    .getByText(/permission to call its host was given back/u)
    .waitFor();
  expect(await states()).toMatchObject([{ saved: false, storedSecrets: [] }]);
  await again.close();
});

it('a wrong token is told in words, and an address that is none stays in its field', async () => {
  const { server } = session.sandbox.credentials.fourCat;
  await session.allow(server);
  const options = await openCard();
  await type(options, { server: 'http://4cat.team.test', token: 'wrong-token' });
  await options.getByTestId('test-four-cat').click();
  await options.locator('#credential-four-cat-server-problem').waitFor();
  expect(session.sandbox.calls).toEqual([]);
  await type(options, { server });
  await options.getByTestId('test-four-cat').click();
  const said = options.getByTestId('error-text');
  await said.getByText('4cat.team.test did not accept the access token.').waitFor();
  expect(await options.getByTestId('destination-four-cat').innerText()).not.toContain('wrong-token');
  await options.close();
});
