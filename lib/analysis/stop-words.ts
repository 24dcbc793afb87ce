/**
 * Words that say nothing of what a text is about: articles, pronouns, prepositions, conjunctions, auxiliary verbs and
 * particles. Chosen by hand from those classes of English and of Chinese grammar, and kept short on purpose: nouns, verbs,
 * adjectives and numbers always count. No published list was copied.
 */
const english = `
  a an the this that these those
  i me my mine myself you your yours yourself he him his himself she her hers herself it its itself
  we us our ours ourselves they them their theirs themselves who whom whose which what
  am is are was were be been being do does did doing have has had having
  will would shall should can could may might must
  i'm you're he's she's it's we're they're i've you've we've they've i'd i'll you'll we'll that's there's what's let's
  don't doesn't didn't isn't aren't wasn't weren't can't couldn't won't wouldn't shouldn't haven't hasn't
  and or but nor so if than then else because as until while when where why how
  of at by for with about against between into through during before after above below to from up down in out on off
  over under again further once here there all any both each few more most other some such
  no not only own same too very just also
`;
const chinese = `
  的 了 是 在 和 与 也 都 就 还 而 及 或 但 又 很 不 没 没有 把 被 给 让 从 向 对 以 于 为 为了 因为 所以 如果 但是 而且 或者 虽然
  我 你 您 他 她 它 我们 你们 他们 她们 它们 咱们 自己 大家 这 那 哪 这个 那个 这些 那些 这样 那样 这里 那里 什么 怎么 怎样 谁 多少 几
  着 过 地 得 吗 呢 吧 啊 呀 哦 嘛 哈 啦 之 其 个 些 有 会 能 可以 要 到 上 下 里 去 来 说 一个 一些 一样 一下 就是 还是 不是 已经
`;

const stopWords: ReadonlySet<string> = new Set(`${english} ${chinese}`.split(/\s+/u).filter(Boolean));

/** `word`: lower case. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word);
}
