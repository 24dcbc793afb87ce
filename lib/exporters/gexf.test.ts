import { DOMParser } from 'linkedom';
import { expect, test } from 'vitest';
import { postRecord } from '../core/record.samples.ts';
import type { PostRecord } from '../core/record.ts';
import { gexf } from './gexf.ts';
import { harnessContext, writeFile } from './harness.ts';

const post = (...names: string[]): PostRecord =>
  postRecord({ hashtags: names.map((name) => ({ name, id: null, origin: 'caption' })) });

async function write(posts: readonly PostRecord[], excludedHashtag: string | null = null): Promise<string> {
  const context = { ...harnessContext, choices: { ...harnessContext.choices, excludedHashtag } };
  return new TextDecoder('utf-8', { fatal: true }).decode(await writeFile(gexf, 'post', posts, context));
}

/** Nodes as `id label posts tiktok douyin platforms`, edges as `source-target weight`. */
function network(text: string): { readonly nodes: readonly string[]; readonly edges: readonly string[] } {
  const document = new DOMParser().parseFromString(text, 'text/xml');
  const nodes = [...document.querySelectorAll('node')].map((node) =>
    [
      node.getAttribute('id'),
      node.getAttribute('label'),
      ...[...node.querySelectorAll('attvalue')].map((value) => value.getAttribute('value')),
    ].join(' '),
  );
  const edges = [...document.querySelectorAll('edge')].map(
    (edge) => `${edge.getAttribute('source')}-${edge.getAttribute('target')} ${edge.getAttribute('weight')}`,
  );
  return { nodes, edges };
}

test('is called gexf; posts that share hashtags are the weights, most used first', async () => {
  expect(gexf.id).toBe('gexf');
  const douyin: PostRecord = { ...post('tea', '美食'), platform: 'douyin' };
  expect(network(await write([post('tea', 'Boat'), post('boat', 'tea', 'Tea'), post('tea'), douyin, post()]))).toEqual({
    nodes: ['tea tea 4 3 1 tiktok;douyin', 'boat Boat 2 2 0 tiktok', '美食 美食 1 0 1 douyin'],
    edges: ['tea-boat 2', 'tea-美食 1'],
  });
});

test('a post shows its first spelling; edges are sorted by weight, whatever the nodes are', async () => {
  const posts = [post('a', 'Boat', 'BOAT'), post('a', 'x'), post('a', 'y'), post('b', 'c'), post('b', 'c')];
  const { nodes, edges } = network(await write(posts));
  expect(nodes).toContain('boat Boat 1 1 0 tiktok');
  expect(edges).toEqual(['b-c 2', 'a-boat 1', 'a-x 1', 'a-y 1']);
});

test('the tag that all posts were found by is left out, however it is written', async () => {
  for (const excluded of ['tea', '#TEA', '＃Tea'])
    expect(network(await write([post('Tea', 'boat', 'pier')], excluded))).toEqual({
      nodes: ['boat boat 1 1 0 tiktok', 'pier pier 1 1 0 tiktok'],
      edges: ['boat-pier 1'],
    });
});

test('what XML cannot hold is removed or escaped', async () => {
  const text = await write([post('a<b>&"c\'', 'new\nline', 'bell\u0007', '\u0001', 'half\ud83d', '👩‍👩‍👧', 'x\uffff')]);
  expect(text).not.toMatch(/[^\P{Cc}\n]|[\uFFFE\uFFFF]/u);
  expect(text).toContain('label="a&lt;b&gt;&amp;&quot;c\'"');
  expect(text).toContain('label="new&#10;line"');
  // Read with real parsers in e2e/interop; linkedom's leaves references in attributes as they are.
  expect([...text.matchAll(/<node id="([^"]*)"/gu)].map((match) => match[1])).toEqual([
    "a&lt;b&gt;&amp;&quot;c'",
    'bell',
    'half',
    'new&#10;line',
    'x',
    '👩‍👩‍👧',
  ]);
});

test('the same posts give the same bytes, no posts an empty network, many more than a chunk all edges', async () => {
  const posts = Array.from({ length: 60 }, (_unused, index) => post(`a${index}`, `b${index % 7}`, 'c'));
  expect(await write(posts)).toBe(await write(posts));
  expect(network(await write([]))).toEqual({ nodes: [], edges: [] });
  const wide = network(await write([post(...Array.from({ length: 60 }, (_unused, index) => `t${index}`))]));
  expect([wide.nodes.length, wide.edges.length, new Set(wide.edges).size]).toEqual([60, 1770, 1770]);
});
