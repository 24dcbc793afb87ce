/** The chips on tiles, in a real page: the module itself, without the extension, so that frames can be counted. */
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
let browser: Browser;
let script = '';
let page: Page;

/** What the page's side of these tests has at hand. */
const preparation = `
  const styles = STYLES;
  const models = new Map();
  const wanted = [];
  let shown = true;
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) { return (globalThis.layerRoot = attach.call(this, { ...options, mode: "open" })); };
  const layer = createTileLayer({ styles, modelOf: (key) => models.get(key), onNear: (keys) => wanted.push(...keys), isShown: () => shown });
  const frames = (count) => new Promise((resolve) => { const next = () => (count-- <= 0 ? resolve() : requestAnimationFrame(next)); next(); });
  // What the next painting shows: the module draws after the page's own callbacks of the frame.
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const set = async () => { layer.setItems(items()); await painted(); };
  const item = (element) => ({ ref: { platform: "tiktok", kind: "post", id: element.dataset.id }, role: "tile", element, hook: "test" });
  const items = () => [...document.querySelectorAll("[data-id]")].map(item);
  const model = (id, ...texts) => { const ref = "tiktok:post:" + id; models.set(ref, { ref, figures: texts.map((text, index) => ({ icon: ["views", "likes", "saves"][index], text, note: "a note" })) }); };
  const chips = () => [...(globalThis.layerRoot?.querySelectorAll(".tile:not([hidden])") ?? [])];
  const shownTexts = () => chips().map((chip) => chip.textContent);
  const boxOf = (element) => { const { left, top, right, bottom, width } = element.getBoundingClientRect(); return { left, top, right, bottom, width }; };
  // innerHTML here and below: the page under test is ours and all of its markup is written in this file.
  const grid = (count, style = "") => { document.body.innerHTML = '<div class="grid" style="' + style + '">' + Array.from({ length: count }, (_, index) => '<div class="box" data-id="' + (7000 + index) + '"></div>').join("") + "</div>"; };
`;

beforeAll(async () => {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(root, 'e2e/harness/tile-layer.ts'), formats: ['iife'], name: 'tested' },
    },
  });
  const output = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  script = output.flatMap((each) => (each.type === 'chunk' ? [each.code] : [])).join('\n');
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
});
afterAll(() => browser?.close());

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  await page.setContent(
    '<style>body{margin:0}.grid{display:grid;grid-template-columns:repeat(4,200px);gap:10px}.box{height:260px;background:#456}</style>',
  );
  await page.addScriptTag({
    content: `${script}\n${preparation.replace('STYLES', 'tested.styles').replaceAll('createTileLayer', 'tested.createTileLayer')}`,
  });
});
afterEach(() => page.close());

function run<Value>(code: string): Promise<Value> {
  return page.evaluate<Value>(`(async () => { ${code} })()`);
}

describe('when', () => {
  it('a model arrives, the chip is there in the next frame', async () => {
    const texts = await run<string[][]>(`
      grid(4); await set(); await frames(3);
      const before = shownTexts();
      model(7001, "9,024,473", "412,902"); layer.schedule(); await painted();
      return [before, shownTexts()];
    `);
    expect(texts).toEqual([[], ['9,024,473412,902']]);
  });

  it('a tile comes whose model is known, the chip is there in the same frame', async () => {
    const texts = await run<string[]>(`
      model(7000, "88"); grid(1);
      return new Promise((resolve) => requestAnimationFrame(() => { layer.setItems(items()); setTimeout(() => resolve(shownTexts())); }));
    `);
    expect(texts).toEqual(['88']);
  });

  it('an element is used again for another post, the other post’s figures stand on it', async () => {
    const texts = await run<string[][]>(`
      grid(1); model(7000, "1"); model(7005, "5"); await set();
      const first = shownTexts();
      document.querySelector(".box").dataset.id = "7005"; await set();
      const second = shownTexts();
      document.querySelector(".box").dataset.id = "7009"; await set();
      return [first, second, shownTexts(), wanted];
    `);
    expect(texts).toEqual([['1'], ['5'], [], ['tiktok:post:7000', 'tiktok:post:7005', 'tiktok:post:7009']]);
  });

  it('a tile goes, its chip goes', async () => {
    const counts = await run<number[]>(`
      grid(3); for (const id of [7000, 7001, 7002]) model(id, "1"); await set();
      const before = chips().length;
      document.querySelector(".box").remove(); await set();
      return [before, chips().length, globalThis.layerRoot.querySelectorAll(".tile").length];
    `);
    expect(counts).toEqual([3, 2, 2]);
  });

  it('only what is near the viewport is asked for and drawn, and the rest when it comes near', async () => {
    const counts = await run<number[]>(`
      grid(200); for (let id = 7000; id < 7200; id++) model(id, "1"); await set(); await frames(4);
      const first = [wanted.length, chips().length];
      scrollTo(0, 6000); await frames(6);
      return [...first, wanted.length, chips().length];
    `);
    expect(counts[0]).toBeLessThan(24);
    expect(counts[1]).toBeLessThanOrEqual(12);
    expect(counts[2]).toBeGreaterThan(counts[0] ?? 0);
    expect(counts[3]).toBeGreaterThanOrEqual(8);
  });
});

describe('where', () => {
  it('at the bottom left of the picture, no wider than the tile, and the figures that fit', async () => {
    const made = await run<{ box: Record<string, number>; tile: Record<string, number>; text: string }[]>(`
      grid(2); const [wide, slim] = document.querySelectorAll(".box");
      wide.innerHTML = '<svg style="display:block;width:200px;height:200px"></svg><p>words below</p>';
      slim.style.width = "100px";
      model(7000, "9,024,473", "412,902", "11"); model(7001, "9,024", "412"); await set();
      return chips().map((chip, index) => ({ box: boxOf(chip), tile: boxOf(document.querySelectorAll(".box")[index]), text: chip.textContent }));
    `);
    expect(made.map(({ text }) => text)).toEqual(['9,024,473412,902', '9,024']);
    for (const { box, tile } of made) {
      expect(box['left']).toBeGreaterThanOrEqual(tile['left'] ?? NaN);
      expect(box['right']).toBeLessThanOrEqual(tile['right'] ?? NaN);
    }
    expect(made[0]?.box['bottom']).toBeLessThanOrEqual(200);
  });

  it('follows what scrolls inside the page, and is hidden where that cuts it off', async () => {
    const made = await run<{ top: number[]; count: number[] }>(`
      grid(8, "height:300px;overflow:auto"); for (let id = 7000; id < 7008; id++) model(id, String(id)); await set(); await frames(4);
      addEventListener("scroll", layer.schedule, { capture: true });
      const top = [chips()[0].getBoundingClientRect().top]; const count = [chips().length];
      document.querySelector(".grid").scrollTop = 40; await frames(3);
      top.push(chips()[0].getBoundingClientRect().top); count.push(chips().length);
      document.querySelector(".grid").scrollTop = 250; await frames(3);
      count.push(chips().length);
      return { top, count };
    `);
    expect((made.top[0] ?? 0) - (made.top[1] ?? 0)).toBe(40);
    // Below the grid there is bare page: the second row begins at 270.
    expect(made.count).toEqual([4, 4, 4]);
  });

  it('hidden under what lies over the tile, and back when that goes', async () => {
    const counts = await run<number[]>(`
      grid(4); for (let id = 7000; id < 7004; id++) model(id, "1"); await set();
      const before = chips().length;
      const cover = document.createElement("div"); cover.style.cssText = "position:fixed;inset:0 auto 0 0;width:400px;background:#fff";
      document.body.append(cover); await set();
      const under = chips().length;
      cover.remove(); await set();
      return [before, under, chips().length];
    `);
    expect(counts).toEqual([4, 2, 4]);
  });

  it('never makes a page scroll that did not before', async () => {
    const sizes = await run<number[][]>(`
      document.body.innerHTML = '<div style="width:1000px;height:400px;overflow:hidden"><div style="width:3000px;display:flex;gap:10px">' +
        Array.from({ length: 14 }, (_, index) => '<div style="flex:none;width:190px;height:500px;background:#567" data-id="' + (7000 + index) + '"></div>').join("") + "</div></div>";
      const size = () => [document.documentElement.scrollWidth, document.documentElement.scrollHeight];
      const before = size();
      for (let id = 7000; id < 7014; id++) model(id, "9,024,473", "412,902"); await set(); await frames(4);
      return [before, size()];
    `);
    expect(sizes[1]).toEqual(sizes[0]);
  });

  it('takes no clicks, and says to nobody on the page what it shows', async () => {
    const made = await run<unknown[]>(`
      grid(1); model(7000, "<b>1</b>"); await set();
      const { left, top } = chips()[0].getBoundingClientRect();
      return [document.elementFromPoint(left + 5, top + 5).className, shownTexts(), document.body.innerText.includes("<b>")];
    `);
    expect(made).toEqual(['box', ['<b>1</b>'], false]);
  });
});

it('200 tiles that come at once cost no long task', async () => {
  const measure = (): Promise<number> =>
    run<number>(`
      grid(200); for (let id = 7000; id < 7200; id++) model(id, "9,024,473", "412,902");
      let longest = 0;
      new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) longest = Math.max(longest, duration); }).observe({ type: "longtask" });
      for (let round = 0; round < 20; round++) {
        scrollTo(0, round * 300);
        layer.setItems(items());
        await painted();
      }
      await frames(3);
      return longest;
    `);
  // The best of three: the machine may be busy with something else.
  expect(Math.min(await measure(), await measure(), await measure())).toBeLessThan(50);
});

it('a switch hides all of it', async () => {
  const counts = await run<number[]>(`
    grid(4); for (let id = 7000; id < 7004; id++) model(id, "1"); await set();
    const before = chips().length;
    shown = false; layer.schedule(); await painted();
    const off = chips().length;
    layer.remove();
    return [before, off, document.querySelectorAll("clipscope-tiles").length];
  `);
  expect(counts).toEqual([4, 0, 0]);
});
