import { describe, expect, it } from 'vitest';
import { type HealthEvent, type HealthState, healthAfter } from './health-state.ts';
import { outlineOf } from './health-outline.ts';

const none: HealthState = { entries: [], outlines: [] };
const event = (change: Partial<HealthEvent>): HealthEvent => ({
  site: 'tiktok',
  kind: 'answer',
  name: '/api/post/item_list/',
  missed: null,
  ...change,
});

describe('healthAfter', () => {
  it('counts fits and misses of each hook, and keeps when they were', () => {
    let state = healthAfter(none, [event({}), event({ kind: 'dom', name: 'user-post-item' })], 1);
    state = healthAfter(state, [event({ missed: 'not_json' })], 2);
    state = healthAfter(state, [event({})], 3);
    expect(state.entries).toContainEqual({
      site: 'tiktok',
      kind: 'answer',
      name: '/api/post/item_list/',
      fits: 2,
      lastFitAt: 3,
      misses: 1,
      lastMissAt: 2,
      missed: 'not_json',
    });
    expect(state.entries).toHaveLength(2);
  });

  it('stays within its bounds, and lets go what was touched longest ago', () => {
    const hooks = 'abcdefghijklmnopqrstuvwxyz'.split('');
    const events = hooks.flatMap((one) => hooks.map((two) => event({ name: `hook-${one}${two}` })));
    const state = healthAfter(none, events, 1);
    expect(state.entries).toHaveLength(300);
    expect(state.entries.at(-1)?.name).toBe('hook-zz');
    const outline = (path: string): HealthEvent => event({ outline: { host: 'h', path, outline: {} } });
    expect(healthAfter(none, hooks.map(outline), 1).outlines).toHaveLength(10);
  });

  it('keeps no numbers that may be ids, and one outline for each path', () => {
    const told = event({
      name: 'waterfall_item_7507673491211029803',
      outline: { host: 'v16.tiktok.com', path: '/api/7507673491211029803/', outline: {} },
    });
    const state = healthAfter(healthAfter(none, [told], 1), [told], 2);
    expect(JSON.stringify(state)).not.toContain('7507673491211029803');
    expect(state.outlines).toHaveLength(1);
  });
});

describe('outlineOf', () => {
  it('keeps the names of fields and the types of values', () => {
    expect(
      outlineOf({ itemInfo: { itemStruct: { desc: 'hello', stats_v: { n_count: 5 }, flag: true, none: null } } }),
    ).toEqual({
      itemInfo: { itemStruct: { desc: 'string', stats_v: { n_count: 'number' }, flag: 'boolean', none: 'null' } },
    });
    expect(outlineOf([{ a_b: 1 }, { a_b: 2 }, 'x'])).toEqual([{ a_b: 'number' }, 'string']);
  });

  it('names no person and no thing, wherever they are planted', () => {
    const planted = {
      ItemModule: { '7507673491211029803': { id: '7507673491211029803', author: 'greenhouse' } },
      UserModule: { users: { greenhouse: { nickname: 'G' } }, stats: { greenhouse: { heart: 1 } } },
      page: { users: { greenhouse: { nickname: 'G' } } },
      users: { maryanne: { heart: 1 } },
      data: { lily: { id: '1' }, rose: { id: '2' } },
      authorMap: { jack: 1 },
      byHandle: { violet: { handle: 'Violet' } },
      MS4wLjABAAAAv7iSuuXDJGDvJkmH_vz1qkDZYo1apxgzaxdBSeIuPiM: {},
      燕麦: { x: 1 },
      'some.one_1': 1,
      url: 'https://www.tiktok.com/@greenhouse/video/7507673491211029803?msToken=SECRET',
      many: Object.fromEntries(
        Array.from({ length: 80 }, (_item, index) => [
          `name${String.fromCharCode(97 + (index % 26))}${'x'.repeat(index)}`,
          1,
        ]),
      ),
    };
    const text = JSON.stringify(outlineOf(planted));
    for (const name of [
      '7507673491211029803',
      'greenhouse',
      'maryanne',
      'lily',
      'rose',
      'violet',
      'jack',
      'MS4w',
      '燕麦',
      'some.one',
      'SECRET',
      'namea',
      'https',
    ]) {
      expect(text).not.toContain(name);
    }
    expect(text).toContain('nickname');
  });

  it('stays small and never throws', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 150; level++) deep = { inner: deep };
    expect(JSON.stringify(outlineOf(deep)).length).toBeLessThan(200);
    const wide = Array.from({ length: 5_000 }, (_item, index) => ({ [`key_${'y'.repeat(index % 30)}`]: [index] }));
    expect(JSON.stringify(outlineOf({ wide, again: wide })).length).toBeLessThan(20_000);
    for (const json of [null, 1, 'x', [], {}, JSON.parse('{"__proto__":{"a":1}}')]) {
      expect(() => outlineOf(json)).not.toThrow();
    }
  });
});
