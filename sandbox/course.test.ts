import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from './index.ts';
import { ask } from './test-client.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 21, 4);
let now = start;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => now });
});
afterAll(() => sandbox.close());

interface Answer {
  readonly item?: { readonly discount_price?: number };
  readonly error_code: string;
  readonly cache: number;
  readonly secache_time?: number;
}

async function product(id: string, cache: 'yes' | 'no' = 'no'): Promise<Answer> {
  const { key, secret } = sandbox.credentials.gateway;
  const query = new URLSearchParams({ key, secret, num_iid: id, cache });
  const answer = await ask(sandbox.port, `https://api-gw.onebound.cn/douyin/item_get/?${query.toString()}`);
  return JSON.parse(answer.text) as Answer;
}

describe('a course', () => {
  it('moves a price as its function says, for whoever asks', async () => {
    const id = sandbox.world.ids.douyin.product;
    const price = (at: number): number => 1_000 + Math.floor((at - start) / hour);
    sandbox.setCourse(id, { priceMinor: price });
    for (const hours of [0, 1, 30]) {
      now = start + hours * hour;
      expect((await product(id)).item?.discount_price).toBe(price(now));
    }
    sandbox.setCourse(id, null);
    now += 99 * hour;
    expect((await product(id)).item?.discount_price).toBe(1_030);
  });

  it('answers of the cache tell when the thing was seen, and what was true then', async () => {
    const id = sandbox.world.ids.douyin.product;
    const price = (at: number): number => Math.floor(at / hour);
    sandbox.setCourse(id, { priceMinor: price });
    now = start + 200 * hour;
    await product(id, 'no');
    now += 5 * hour;
    const cached = await product(id, 'yes');
    expect([cached.cache, cached.secache_time, cached.item?.discount_price]).toEqual([
      1,
      (now - 5 * hour) / 1000,
      price(now - 5 * hour),
    ]);
    sandbox.setFault('gateway', { kind: 'cached', ageMs: 2 * hour }, 1);
    const others = await product(id, 'no');
    expect([others.secache_time, others.item?.discount_price]).toEqual([
      (now - 2 * hour) / 1000,
      price(now - 2 * hour),
    ]);
    expect(sandbox.calls.at(-1)?.verdict).toBe('cached');
    sandbox.setCourse(id, null);
  });

  it('lets things go and come, each at its time and in its place', async () => {
    const { world } = sandbox;
    const [first, second] = world.postsOf('tiktok');
    if (!first || !second) throw new Error('The world has no posts.');
    const { author } = first;
    const count = author.posts;
    const gone = world.ids.douyin.product;
    now = start + 1_000 * hour;
    sandbox.setCourse(first.id, { publishedAt: now + hour });
    sandbox.setCourse(gone, { removedAt: now + hour });
    expect((await product(gone)).error_code).toBe('0000');
    expect([world.post(first.id), world.postsOf('tiktok')[0]?.id, author.posts]).toEqual([
      undefined,
      second.id,
      count - 1,
    ]);
    now += hour;
    expect((await product(gone)).error_code).toBe('2000');
    expect([world.postsOf('tiktok')[0]?.id, author.posts]).toEqual([first.id, count]);
    sandbox.setCourse(gone, null);
    expect((await product(gone)).error_code).toBe('0000');
  });
});
