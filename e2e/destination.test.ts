/** The team's 4CAT in real Chromium: its card in the options, from a typed-in token to a forgotten one. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { DestinationState, PageView } from '../lib/messaging/protocol.ts';
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

it('what a page holds goes to the server from the panel, and what is stored from the library', async () => {
  const { server, token } = session.sandbox.credentials.fourCat;
  await session.allow(server);
  await session.ask('destination.save', {
    destination: 'four-cat',
    values: { server, token, authors: 'pseudonymise' },
  });
  const page = await session.open('https://www.tiktok.com/foryou');
  await page.bringToFront();
  const tabId = await session.browser.tabId(page);
  await eventually(
    () => session.ask<PageView | null>('page.get', { tabId }),
    (view) => (view?.entries.filter(({ hasData }) => hasData).length ?? 0) > 8,
  );
  const panel = await session.browser.openSurface('sidepanel', page);
  await panel.getByTestId('export-as').first().click();
  await panel.getByTestId('export-format').selectOption('zeeschuimer');
  await panel.getByTestId('export-send-four-cat').click();
  const sent = panel.getByTestId('export-sent');
  await sent.waitFor();
  const [fromPage] = session.sandbox.fourCatImports;
  expect(fromPage).toMatchObject({ problems: [] });
  expect(await sent.innerText()).toMatch(/tiktok\.com.*items read there: [1-9]/su);
  expect(await sent.locator('a').getAttribute('href')).toContain(server);
  await panel.close();

  await session.ask('page.save', { tabId, refs: null });
  const library = await session.open(`chrome-extension://${session.browser.extensionId}/library.html#posts`);
  await library.getByTestId('export-result').click();
  await library.getByTestId('export-format').selectOption('zeeschuimer');
  await library.getByTestId('export-send-four-cat').click();
  await library.getByTestId('export-sent').waitFor();
  const last = session.sandbox.fourCatImports.at(-1);
  expect(session.sandbox.fourCatImports.length).toBeGreaterThan(1);
  expect(last).toMatchObject({ problems: [] });
  // Nothing of the token is on the page, and a refused one says what to do.
  expect(await library.content()).not.toContain(token);
  await session.ask('destination.save', {
    destination: 'four-cat',
    values: { server, token: 'not-the-token-at-all', authors: 'pseudonymise' },
  });
  await library.getByTestId('export-send-four-cat').click();
  await library.getByTestId('error').first().waitFor();
  expect(await library.locator('dialog').innerText()).not.toContain('not-the-token-at-all');
  await library.close();
  await page.close();
});
