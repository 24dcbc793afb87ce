/**
 * What a page can do to a script that reads along. The attack's name stands in the body; when it is over, the document
 * says so in `data-done`, and in `data-page` whether the page itself was served as without an extension.
 */

const attack = document.body.dataset['attack'] ?? '';
const channel = 'clipscope:answer';
const listed = (name: string, more = ''): string => `/api/recommend/item_list/?hostile=${name}${more}`;
const douyinPost = document.body.dataset['douyinPost'] ?? '';
const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Tells every listener of the channel the same. */
function forge(detail: unknown): void {
  for (const target of [document, window, document.documentElement]) {
    target.dispatchEvent(new CustomEvent(channel, { detail, bubbles: true }));
  }
}

/** A relayed answer in the form that the extension itself uses: a line of JSON, then the text. */
function relayed(url: string, text: string, pageUrl = location.href): string {
  return `${JSON.stringify({ url, pageUrl, digitsLost: false })}\n${text}`;
}

const forgedPost = JSON.stringify({
  status_code: 0,
  aweme_list: [
    {
      aweme_id: douyinPost,
      desc: 'forged',
      create_time: 1_700_000_000,
      author: { sec_uid: 'MS4wLjABAAAA' },
      statistics: { digg_count: 1 },
      video: {},
    },
  ],
});
const douyinList = 'https://www.douyin.com/aweme/v1/web/tab/feed/';

async function flood(): Promise<string> {
  let served = 0;
  for (let round = 0; round < 100; round += 1) {
    // Five answers that the page really loads, and a hundred that it makes up, each of them another one.
    const answers = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const answer = await fetch(listed('small'));
        const { itemList }: { itemList: unknown[] } = await answer.json();
        return itemList.length;
      }),
    );
    served += answers.reduce((sum, count) => sum + count, 0);
    for (let index = 0; index < 100; index += 1) {
      const made = `{"itemList":[{"id":"${round * 100 + index}"}]}`;
      document.dispatchEvent(
        new CustomEvent(channel, { detail: relayed(`${location.origin}${listed('small')}`, made) }),
      );
    }
  }
  return String(served);
}

async function rejecting(): Promise<string> {
  const seen: string[] = [];
  const controller = new AbortController();
  const aborted = fetch(listed('endless'), { signal: controller.signal })
    .then((answer) => answer.text())
    .catch((error: unknown) => (error instanceof Error ? error.name : 'no error'));
  await pause(150);
  controller.abort();
  seen.push(await aborted);
  for (const name of ['dead', 'broken-off']) {
    seen.push(
      await fetch(listed(name))
        .then((answer) => answer.text())
        .catch((error: unknown) => (error instanceof Error ? error.name : 'no error')),
    );
    seen.push(
      await new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.open('GET', listed(name));
        request.addEventListener('loadend', (event) => resolve(`${event.type} ${request.status}`));
        request.send();
      }),
    );
  }
  const request = new XMLHttpRequest();
  request.open('GET', listed('endless'));
  request.send();
  await pause(100);
  request.abort();
  seen.push(`aborted ${request.readyState}`);
  return seen.join();
}

async function endless(): Promise<string> {
  const answer = await fetch(listed('endless'));
  const reader = answer.body?.getReader();
  let length = 0;
  for (let round = 0; round < 20; round += 1) length += (await reader?.read())?.value?.length ?? 0;
  // Left open: whoever reads a copy of it would wait for ever.
  void fetch(listed('endless')).then((other) => other.text());
  return length > 0 ? 'streamed' : 'nothing';
}

async function override(): Promise<string> {
  const own = { fetch: globalThis.fetch, parse: JSON.parse };
  const refuse = (): never => {
    throw new Error('not yours');
  };
  for (const [holder, names] of [
    [JSON, ['parse', 'stringify']],
    [Array.prototype, ['push', 'map', 'filter', 'find', 'forEach', 'includes']],
    [String.prototype, ['slice', 'startsWith', 'match', 'replace']],
    [Promise.prototype, ['catch', 'finally']],
    [Response.prototype, ['clone', 'text', 'json']],
    [EventTarget.prototype, ['dispatchEvent']],
    [globalThis, ['CustomEvent', 'XMLHttpRequest', 'URL', 'Event']],
  ] as const) {
    for (const name of names) Reflect.set(holder, name, refuse);
  }
  Reflect.set(globalThis, 'fetch', own.fetch);
  const answer = await own.fetch.call(globalThis, listed('small'));
  const reader = answer.body?.getReader();
  const bytes = (await reader?.read())?.value;
  return bytes && bytes.length > 0 ? 'served' : 'nothing';
}

async function forgedEvents(): Promise<string> {
  const getter = {
    get url(): never {
      throw new Error('a getter that throws');
    },
  };
  const endlessText = { toString: () => 'x' };
  for (const detail of [
    null,
    undefined,
    0,
    'text',
    [],
    {},
    getter,
    document.body,
    { url: 1, text: 2 },
    { url: 'https://www.tiktok.com/api/recommend/item_list/', text: endlessText },
    { url: 'javascript:alert(1)', text: '{}' },
    { url: douyinList, pageUrl: location.href, text: forgedPost, digitsLost: false },
    '\n',
    'null\n{}',
    '{"url":"x"}\n{}',
    relayed('javascript:alert(1)', forgedPost),
    relayed(douyinList, forgedPost),
    relayed(douyinList, forgedPost, 'https://www.douyin.com/'),
    relayed(`${location.origin}${listed('x')}`, forgedPost, 'https://www.douyin.com/'),
    relayed(`${location.origin}/api/comment/list/`, forgedPost),
    relayed(`${location.origin}${listed('x')}`, `{"itemList":[],"padding":"${'x'.repeat(9 * 1024 * 1024)}"}`),
  ]) {
    forge(detail);
  }
  for (const name of ['page.answer', 'page.blocks', 'page.report', 'overlay.save']) {
    window.postMessage({ clipscope: 'message', name, input: { url: douyinList, text: forgedPost } }, '*');
  }
  await fetch(listed('other-site')).then((answer) => answer.json());
  await fetch(`${douyinList}?hostile=cors`).then((answer) => answer.json());
  return 'told';
}

async function fetched(name: string): Promise<string> {
  const answer = await fetch(listed(name));
  return String((await answer.text()).length);
}

const attacks: Record<string, () => Promise<string>> = {
  flood,
  'tap-rejects': rejecting,
  'tap-endless': endless,
  'tap-override': override,
  'tap-forged': forgedEvents,
  'tap-huge': () => fetched('huge'),
  'tap-deep': async () => `${await fetched('deep')} ${await fetched('deep-objects')}`,
  'tap-proto': () => fetched('proto'),
  'tap-texts': () => fetched('texts'),
  'tap-types': () => fetched('wrong-types'),
};

const result = await (attacks[attack] ?? (() => Promise.resolve('no such attack')))();
document.documentElement.setAttribute('data-page', result);
document.documentElement.setAttribute('data-done', 'yes');
