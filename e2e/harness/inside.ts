/** Ways into contexts that Playwright does not list: the content script's own world, and the real side panel. */
import type { BrowserContext, CDPSession, Page } from 'playwright-core';

/** A JavaScript context from which expressions can be evaluated; promises are awaited. */
export interface Inside {
  evaluate<Value>(expression: string): Promise<Value>;
  close(): Promise<void>;
}

interface Evaluated {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- whoever asks names what comes
function valueOf<Value>({ result, exceptionDetails }: Evaluated): Value {
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as Value;
}

/** The world of our content script in this page: what a page could do that had taken it over. */
export async function insideContentScript(page: Page, extensionId: string): Promise<Inside> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const found = new Promise<number>((resolve) => {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.origin === `chrome-extension://${extensionId}`) resolve(context.id);
    });
  });
  await session.send('Runtime.enable');
  const contextId = await found;
  return {
    evaluate: async (expression) =>
      valueOf(
        await session.send('Runtime.evaluate', { expression, contextId, awaitPromise: true, returnByValue: true }),
      ),
    close: () => session.detach(),
  };
}

/** A message to the worker, as the content script's world sends it. Resolves with the reply as it came. */
export function sending(name: string, input: object): string {
  return `chrome.runtime.sendMessage(${JSON.stringify({ clipscope: 'message', name, input })})`;
}

/** The side panel that the browser itself shows, once it is open. */
export async function insideSidePanel(context: BrowserContext): Promise<Inside> {
  const browser = context.browser();
  if (!browser) throw new Error('This context has no browser.');
  const session = await browser.newBrowserCDPSession();
  const end = Date.now() + 10_000;
  let targetId: string | undefined;
  while (!targetId) {
    const { targetInfos } = await session.send('Target.getTargets');
    targetId = targetInfos.find(({ url }) => /^chrome-extension:\/\/[^/]+\/sidepanel\.html$/u.test(url))?.targetId;
    if (Date.now() > end) throw new Error('No side panel is open.');
    if (!targetId) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // Not flattened: Playwright hands out no messages of sessions that it did not open itself.
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false });
  const waiting = new Map<number, (answer: { result?: Evaluated; error?: { message: string } }) => void>();
  session.on('Target.receivedMessageFromTarget', (event) => {
    if (event.sessionId !== sessionId) return;
    const answer = JSON.parse(event.message) as { id?: number; result?: Evaluated; error?: { message: string } };
    waiting.get(answer.id ?? -1)?.(answer);
  });
  let last = 0;
  return {
    async evaluate(expression) {
      const id = (last += 1);
      const answered = new Promise<{ result?: Evaluated; error?: { message: string } }>((resolve) =>
        waiting.set(id, resolve),
      );
      const params = { expression, awaitPromise: true, returnByValue: true };
      const message = JSON.stringify({ id, method: 'Runtime.evaluate', params });
      await session.send('Target.sendMessageToTarget', { sessionId, message });
      const { result, error } = await answered;
      waiting.delete(id);
      if (!result) throw new Error(error?.message ?? 'no answer');
      return valueOf(result);
    },
    close: () => session.detach(),
  };
}
