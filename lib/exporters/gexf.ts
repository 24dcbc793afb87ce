/**
 * The network of hashtags that occur together, as GEXF: a node per hashtag, an undirected edge between two that the same
 * post carries, its weight the number of such posts. Version 1.2, whose namespace Gephi, sigma.js and every networkx read:
 * networkx 2.8 (Debian 12) knows no newer one, and 1.3 adds nothing that is used here (schemas of both, read 2026-09).
 *
 * - Hashtags are told apart as everywhere: case is ignored, the label is the spelling that most posts use. One that both
 *   platforms have is one node with the posts of each counted apart.
 * - Hashtags name no people, so the choices about people change nothing.
 * - Characters that XML 1.0 cannot hold are removed; a name that is empty without them is none.
 * - The order is that of the counts, then of the names; the same posts give the same file.
 * - The whole network is in memory while it is written: its nodes and edges, not the posts.
 */
import { isoUtc } from '../analysis/time.ts';
import { hashtagKey } from '../analysis/hashtags.ts';
import type { PostRecord } from '../core/record.ts';
import { type Platform, platforms } from '../core/ref.ts';
import { defineExporter, type ExportContext } from './exporter.ts';
import { postsOf } from './posts.ts';

/** XML 1.0 (fifth edition), production 2: what a document may hold, unescaped or escaped. */
const illegal = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text within the quotes of an attribute, where unescaped white space would become a space. */
function attributeText(text: string): string {
  return text.replaceAll(/[&<>"\t\n\r]/gu, (found) => escapes[found] ?? `&#${found.codePointAt(0)};`);
}

interface Tag {
  readonly key: string;
  /** Place in the order of first meeting. */
  readonly index: number;
  readonly spellings: Map<string, number>;
  readonly posts: Map<Platform, number>;
}

interface Network {
  readonly tags: Map<string, Tag>;
  /** Posts by pair: the lower index times `pairBase`, and the higher one. */
  readonly pairs: Map<number, number>;
}

/** More hashtags than memory holds, and its square is a safe integer. */
const pairBase = 2 ** 26;

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function add({ tags, pairs }: Network, { platform, hashtags }: PostRecord, excluded: string | null): void {
  const own = new Map<string, string>();
  for (const use of hashtags) {
    const name = use.name.normalize('NFC').replaceAll(illegal, '').trim();
    const key = hashtagKey(name);
    if (name !== '' && key !== excluded && !own.has(key)) own.set(key, name);
  }
  const indices: number[] = [];
  for (const [key, name] of own) {
    const tag = tags.get(key) ?? { key, index: tags.size, spellings: new Map(), posts: new Map() };
    tags.set(key, tag);
    count(tag.spellings, name);
    count(tag.posts, platform);
    indices.push(tag.index);
  }
  indices.sort((a, b) => a - b);
  for (const [place, lower] of indices.entries()) {
    for (const higher of indices.slice(place + 1)) count(pairs, lower * pairBase + higher);
  }
}

function total(tag: Tag): number {
  return [...tag.posts.values()].reduce((sum, posts) => sum + posts, 0);
}

/** By code units: the order must not depend on where it is made. */
function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function nodeText(tag: Tag): string {
  // The sort is stable: of spellings used as often, the one that was met first.
  const label = [...tag.spellings].sort((a, b) => b[1] - a[1])[0]?.[0] ?? tag.key;
  const values = [
    total(tag),
    ...platforms.map((platform) => tag.posts.get(platform) ?? 0),
    platforms.filter((platform) => tag.posts.has(platform)).join(';'),
  ];
  const attributes = values.map((value, index) => `<attvalue for="${index}" value="${value}"/>`).join('');
  const id = attributeText(tag.key);
  return `<node id="${id}" label="${attributeText(label)}"><attvalues>${attributes}</attvalues></node>\n`;
}

interface Edge {
  readonly source: Tag;
  readonly target: Tag;
  readonly posts: number;
}

/** Edges between the tags, which are in their final order. */
function edgesOf({ tags, pairs }: Network, sorted: readonly Tag[]): readonly Edge[] {
  const rank = new Map(sorted.map((tag, index) => [tag.index, index]));
  const byIndex = [...tags.values()];
  const edges = [...pairs].flatMap(([pair, posts]): Edge[] => {
    const one = byIndex[Math.floor(pair / pairBase)];
    const other = byIndex[pair % pairBase];
    if (!one || !other) return [];
    const isInOrder = (rank.get(one.index) ?? 0) < (rank.get(other.index) ?? 0);
    return [isInOrder ? { source: one, target: other, posts } : { source: other, target: one, posts }];
  });
  const place = ({ index }: Tag): number => rank.get(index) ?? 0;
  return edges.sort(
    (a, b) => b.posts - a.posts || place(a.source) - place(b.source) || place(a.target) - place(b.target),
  );
}

function headText(context: ExportContext): string {
  const attributes = ['posts', ...platforms.map((platform) => `${platform}_posts`), 'platforms']
    .map((title, index) => {
      const type = title === 'platforms' ? 'string' : 'integer';
      return `<attribute id="${index}" title="${title}" type="${type}"/>`;
    })
    .join('');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">',
    `<meta lastmodifieddate="${isoUtc(context.now)?.slice(0, 10) ?? ''}">`,
    `<creator>Clipscope ${attributeText(context.extensionVersion)}</creator>`,
    '<description>Hashtags that occur in the same post; weight: posts in which both occur</description></meta>',
    '<graph mode="static" defaultedgetype="undirected">',
    `<attributes class="node" mode="static">${attributes}</attributes>`,
    '<nodes>\n',
  ].join('\n');
}

const linesAtOnce = 1000;

/** The texts of these things, some hundred at once. */
function* inChunks<Item>(items: readonly Item[], text: (item: Item, index: number) => string): Generator<string> {
  for (let start = 0; start < items.length; start += linesAtOnce) {
    const some = items.slice(start, start + linesAtOnce);
    yield some.map((item, index) => text(item, start + index)).join('');
  }
}

export const gexf = defineExporter({
  id: 'gexf',
  label: 'exporter_gexf',
  hint: 'exporter_gexf_hint',
  extension: 'gexf',
  mediaType: 'application/gexf+xml',
  form: 'record',
  tables: ['post'],
  async *write(tables, context) {
    const named = context.choices.excludedHashtag?.replace(/^[#＃]/u, '').trim();
    const excluded = named ? hashtagKey(named) : null;
    const network: Network = { tags: new Map(), pairs: new Map() };
    for await (const post of postsOf(tables, context)) add(network, post, excluded);
    const sorted = [...network.tags.values()].sort((a, b) => total(b) - total(a) || compareText(a.key, b.key));
    yield headText(context);
    yield* inChunks(sorted, nodeText);
    yield '</nodes>\n<edges>\n';
    yield* inChunks(edgesOf(network, sorted), ({ source, target, posts }, index) => {
      const ends = `source="${attributeText(source.key)}" target="${attributeText(target.key)}"`;
      return `<edge id="${index}" ${ends} weight="${posts}"/>\n`;
    });
    yield '</edges>\n</graph>\n</gexf>\n';
  },
});
