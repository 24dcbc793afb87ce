import type { Platform, WorldAuthor, WorldComment, WorldMusic, WorldPost, WorldProduct } from '../types.ts';
import type { Caption } from './captions.ts';
import { createRandom, spread, timeId } from './random.ts';

/** The hashtags of a caption, in its order, each once. */
export function hashtagsOf(caption: string): string[] {
  return [...new Set([...caption.matchAll(/#([\p{L}\p{N}\p{M}_]+)/gu)].map((match) => match[1] ?? ''))];
}

/** The handles that a caption mentions. */
export function mentionsOf(caption: string): string[] {
  return [...caption.matchAll(/@([\p{L}\p{N}_.]+)/gu)].map((match) => match[1] ?? '');
}

const commentTexts = [
  'This is the calmest video I saw all week',
  'Where is the link? 🙏',
  'I tried it, mine looks like the "before" picture 😅',
  'part 2 please',
  '学到了，谢谢老师！',
  'ما شاء الله، رائع',
  '=HYPERLINK("https://example.org","not a link, just text")',
  'Which song is this?',
  '太治愈了',
  'Watching from the night train 🚆',
];

function createComments(count: number, authors: WorldAuthor[], after: number, random: () => number): WorldComment[] {
  const comments: WorldComment[] = [];
  for (let index = 0; index < count; index += 1) {
    const createdAt = after + 600 + Math.floor(random() * 400_000);
    const author = authors[Math.floor(random() * authors.length)];
    const text = commentTexts[Math.floor(random() * commentTexts.length)];
    if (author && text !== undefined) {
      comments.push({
        id: timeId(createdAt - 1, random),
        author,
        text,
        likes: spread(random, 1, 4000),
        replies: Math.floor(random() * 12),
        createdAt,
        parent: null,
      });
    }
  }
  return comments;
}

export interface PostPlan {
  platform: Platform;
  authors: WorldAuthor[];
  captions: Caption[];
  products: WorldProduct[];
  count: number;
  seed: number;
  /** The post of this index belongs to that kind. */
  isPhoto(index: number): boolean;
  /** How many products are linked below the post of this index. */
  productsOf(index: number): number[];
  /** The time of the newest post and the mean distance between two, in seconds. */
  newest: number;
  distance: number;
  /** From this index on the distance is `lateDistance`, so that the oldest posts are not older than the ids' form allows. */
  late: number;
  lateDistance: number;
}

const secondsOfTwoDays = 188_209;

/** Makes the posts of one platform, newest first. */
export function createPosts(plan: PostPlan): WorldPost[] {
  const random = createRandom(plan.seed);
  const music: WorldMusic[] = plan.authors.map((author) => ({
    id: timeId(plan.newest - 90_000_000 + Math.floor(random() * 10_000_000), random),
    title: plan.platform === 'tiktok' ? 'original sound' : `@${author.name}创作的原声`,
    author: author.name,
    durationSeconds: 12 + Math.floor(random() * 50),
    original: true,
  }));
  music.push({
    id: timeId(1_690_000_000, random),
    title: 'Slow Tram, Early Light',
    author: 'The Harbour Quartet',
    durationSeconds: 61,
    original: false,
  });
  const posts: WorldPost[] = [];
  for (let index = 0; index < plan.count; index += 1) {
    const caption = plan.captions[index % plan.captions.length];
    const author = plan.authors[caption?.author ?? 0];
    const song = music[random() < 0.2 ? music.length - 1 : (caption?.author ?? 0)];
    if (!caption || !author || !song) throw new Error(`The world has no caption, author or music for post ${index}.`);
    const round = Math.floor(index / plan.captions.length);
    const suffix = round === 0 ? '' : plan.platform === 'tiktok' ? ` · part ${round + 1}` : ` · 第${round + 1}集`;
    const text = caption.text + (caption.text ? suffix : '');
    const distance = index < plan.late ? plan.distance : plan.lateDistance;
    const after = Math.min(index, plan.late) * plan.distance + Math.max(0, index - plan.late) * plan.lateDistance;
    const createdAt = plan.newest - after - Math.floor(random() * distance * 0.8);
    const photo = plan.isPhoto(index);
    // The first post is the one that everybody sees first: figures large enough to be rounded by the page.
    const plays = spread(random, index === 0 ? 2_000_000 : 900, 9_400_000);
    const likes = Math.floor(plays * (0.02 + random() * 0.12));
    const seconds = photo ? 0 : 7 + Math.floor(random() * 170);
    posts.push({
      platform: plan.platform,
      // A post that was scheduled gets its id when it is written, days before it appears.
      id: timeId(index === 8 ? createdAt - secondsOfTwoDays : createdAt - 3 - Math.floor(random() * 20), random),
      kind: photo ? 'photo' : 'video',
      author,
      caption: text,
      captionInEnglish:
        caption.english === undefined
          ? null
          : caption.english + (caption.english && round > 0 ? ` · part ${round + 1}` : ''),
      createdAt,
      durationMs: plan.platform === 'tiktok' || photo ? seconds * 1000 : seconds * 1000 + Math.floor(random() * 1000),
      width: 576,
      height: 1024,
      counts: {
        plays: plan.platform === 'douyin' ? null : plays,
        likes,
        comments: Math.floor(likes * (0.004 + random() * 0.05)),
        shares: Math.floor(likes * (0.003 + random() * 0.2)),
        saves: Math.floor(likes * (0.01 + random() * 0.25)),
        reposts: Math.floor(likes * 0.002),
      },
      hashtags: hashtagsOf(text),
      mentions: mentionsOf(text),
      music: song,
      products: plan.productsOf(index).flatMap((number) => plan.products[number] ?? []),
      imageCount: photo ? 3 + (index % 5) : 0,
      language: caption.language,
      country: plan.platform === 'douyin' ? 'CN' : (['GB', 'SE', 'AE', 'DE', 'US'][index % 5] ?? 'GB'),
      flags: { ad: index % 17 === 5, paidPartnership: index % 17 === 5, aiGenerated: index % 23 === 6 },
      status: index === 18 ? 'withdrawn' : 'normal',
      hashtagsAnsweredAsNull: index === 11,
      comments: createComments(4 + (index % 7), plan.authors, createdAt, random),
      collection: null,
    });
  }
  return posts;
}

/** The answers to a comment: as many as it says, the same in every run. */
export function createReplies(comment: WorldComment, authors: WorldAuthor[]): WorldComment[] {
  const random = createRandom(Number(BigInt(comment.id) & 0xffff_ffffn));
  return createComments(comment.replies, authors, comment.createdAt, random)
    .map((reply) => ({ ...reply, replies: 0, parent: comment.id }))
    .sort((one, other) => one.createdAt - other.createdAt);
}
