/** What networkx (Debian python3-networkx) makes of the network of hashtags. */
import { expect, it } from 'vitest';
import { temporaryFolder, write } from './cells.ts';
import { interopPosts, interopTables } from './dataset.ts';
import { python } from './programs.ts';

const folder = temporaryFolder('networkx');

const read = `
import json, sys, networkx
graph = networkx.read_gexf(sys.argv[1])
print(json.dumps({
  "directed": graph.is_directed(),
  "multigraph": graph.is_multigraph(),
  "nodes": {node: data for node, data in graph.nodes(data=True)},
  "edges": [[*sorted([one, other]), data["weight"]] for one, other, data in graph.edges(data=True)],
}))
`;

interface Graph {
  readonly directed: boolean;
  readonly multigraph: boolean;
  readonly nodes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly edges: readonly (readonly [string, string, number])[];
}

/** Posts by what they carry, counted anew. */
function counted(): { readonly nodes: Map<string, number>; readonly edges: Map<string, number> } {
  const nodes = new Map<string, number>();
  const edges = new Map<string, number>();
  const add = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { hashtags } of interopPosts) {
    const keys = [...new Set(hashtags.map(({ name }) => name.toLowerCase()))].sort();
    for (const one of keys) {
      add(nodes, one);
      for (const other of keys) if (one < other) add(edges, JSON.stringify([one, other]));
    }
  }
  return { nodes, edges };
}

it('read_gexf reads the nodes with their counts and the edges with their weights', async () => {
  const { path } = await write(folder, 'gexf', interopTables.slice(0, 1));
  const graph = JSON.parse(python('networkx', read, [path])) as Graph;
  expect([graph.directed, graph.multigraph]).toEqual([false, false]);
  const { nodes, edges } = counted();
  expect(Object.fromEntries(Object.entries(graph.nodes).map(([id, { posts }]) => [id, posts]))).toEqual(
    Object.fromEntries(nodes),
  );
  expect(graph.nodes['<b>&"']).toEqual({
    label: '<b>&"',
    posts: 1,
    tiktok_posts: 1,
    douyin_posts: 0,
    platforms: 'tiktok',
  });
  const found = graph.edges.map(([one, other, weight]) => [JSON.stringify([one, other].sort()), weight]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(edges));
  console.log(`networkx gexf: ${nodes.size} nodes and ${edges.size} edges compared`);
});
