import type { World, WorldCollection, WorldIds, WorldPost, WorldViewer } from '../types.ts';
import { douyinAuthors, tiktokAuthors } from './authors.ts';
import { douyinCaptions, tiktokCaptions } from './captions.ts';
import { createPosts, createReplies } from './posts.ts';
import { products } from './products.ts';

const day = 86_400;
const newest = Date.UTC(2026, 9, 30, 7, 12, 0) / 1000;

function idAt(posts: WorldPost[], index: number): string {
  const post = posts[index];
  if (!post) throw new Error(`The world has no post number ${index}.`);
  return post.id;
}

function createIds(tiktok: WorldPost[], douyin: WorldPost[]): WorldIds {
  return {
    tiktok: {
      video: idAt(tiktok, 0),
      photo: idAt(tiktok, 4),
      withProducts: idAt(tiktok, 5),
      nullHashtags: idAt(tiktok, 11),
      withdrawn: idAt(tiktok, 18),
      formulaCaption: idAt(tiktok, 1),
      lineBreaksAndQuotes: idAt(tiktok, 2),
      rightToLeft: idAt(tiktok, 3),
      scheduled: idAt(tiktok, 8),
      advertisement: idAt(tiktok, 5),
      aiGenerated: idAt(tiktok, 6),
      missing: '7412345678901234567',
      product: '1729503318846291774',
      missingProduct: '1729000000000000001',
      author: 'marina.bakes',
      liveAuthor: 'fieldnotes_lab',
      music: tiktok[0]?.music.id ?? '',
      playlist: '7398112233445566778',
      privatePost: '7412345678901234511',
      privateAccountPost: '7412345678901234522',
    },
    douyin: {
      video: idAt(douyin, 0),
      note: idAt(douyin, 1),
      withProducts: idAt(douyin, 3),
      formulaCaption: idAt(douyin, 5),
      lineBreaksAndQuotes: idAt(douyin, 2),
      incompleteTextExtra: idAt(douyin, 4),
      withdrawn: idAt(douyin, 18),
      missing: '7423456789012345678',
      product: '3617720458120364913',
      offShelfProduct: '3455600917720083328',
      missingProduct: '3600000000000000001',
      author: douyinAuthors[0]?.secUid ?? '',
      liveWebRid: douyinAuthors[1]?.live?.webRid ?? '',
      music: douyin[0]?.music.id ?? '',
      mix: '7401122334455667788',
    },
  };
}

const viewer: WorldViewer = {
  handle: 'the_researcher.reads',
  name: 'Rosa the Researcher',
  uid: '6990011223344556677',
  secUid: 'MS4wLjABAAAAresearcherResearcherResearcherResearcher0123456789ab',
  deviceId: '7355512345678909876',
  installId: '7366612345678909876',
  msToken: 'plantedMsToken-4f0e9d7c1c1d5c0f0a11-AbCdEfGhIjKlMnOpQrStUvWxYz',
  verifyFp: 'verify_planted_0a1b2c3d_4e5f',
  bogus: 'DFSzplantedXBogus0123',
  signature: '_02B4Z6woplantedSignature',
};

/** The first eight posts of the author of the newest one, in the order in which they were made. */
function createCollection(id: string, name: string, posts: WorldPost[]): WorldCollection {
  const author = posts[0]?.author;
  if (!author) throw new Error('The world has no author for a collection.');
  const collection = { id, name, author };
  for (const post of posts.filter((candidate) => candidate.author === author).slice(0, 8)) post.collection = collection;
  return collection;
}

/** Makes the invented world: the same people, posts, products and figures in every run. */
export function createWorld(): World {
  // Copies, because tests change figures and several sandboxes may run in one process.
  const authors = structuredClone([...tiktokAuthors, ...douyinAuthors]);
  const goods = structuredClone(products);
  const tiktok = createPosts({
    platform: 'tiktok',
    authors: authors.filter((author) => author.platform === 'tiktok'),
    captions: tiktokCaptions,
    products: goods.filter((product) => product.platform === 'tiktok'),
    count: 232,
    seed: 101,
    isPhoto: (index) => index % 9 === 4,
    productsOf: (index) => (index === 5 ? [0, 1] : index % 20 === 15 ? [1] : []),
    newest,
    distance: 11 * day,
    late: 80,
    lateDistance: 0.9 * day,
  });
  const douyin = createPosts({
    platform: 'douyin',
    authors: authors.filter((author) => author.platform === 'douyin'),
    captions: douyinCaptions,
    products: goods.filter((product) => product.platform === 'douyin'),
    count: 132,
    seed: 202,
    isPhoto: (index) => index % 8 === 1,
    productsOf: (index) => (index === 3 ? [0] : index === 9 ? [1] : index === 0 ? [2] : []),
    newest: newest - 5 * day,
    distance: 13 * day,
    late: 64,
    lateDistance: 1.1 * day,
  });
  const posts = [...tiktok, ...douyin];
  for (const author of authors) author.posts = posts.filter((post) => post.author === author).length;
  const ids = createIds(tiktok, douyin);
  const collections = [
    createCollection(ids.tiktok.playlist, 'Slow bakes, in order', tiktok),
    createCollection(ids.douyin.mix, '榫卯一百讲', douyin),
  ];
  return {
    authors,
    posts,
    products: goods,
    ids,
    viewer,
    collections,
    repliesTo: (comment) =>
      createReplies(
        comment,
        authors.filter((author) => author.platform === comment.author.platform),
      ),
    post: (id) => posts.find((post) => post.id === id),
    product: (id) => goods.find((product) => product.id === id),
    author: (name) => {
      const wanted = name.toLowerCase();
      return authors.find((author) => author.handle === wanted || author.secUid === name || author.uid === name);
    },
    postsOf: (platform) => posts.filter((post) => post.platform === platform),
  };
}
