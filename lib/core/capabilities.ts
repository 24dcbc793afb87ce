/** What an API can be asked. The contract of each is in lib/providers/provider.ts. */

export const lookupCapabilities = ['post.get', 'product.get', 'author.get'] as const;
/** Answers "what is this?" about one thing. */
export type LookupCapability = (typeof lookupCapabilities)[number];

export const listCapabilities = [
  'post.list',
  'comment.list',
  'product.list',
  'post.search',
  'product.search',
  'shop.search',
] as const;
/** Answers with pages: of an author's posts, a post's comments, a shop's products, or of what is searched for. */
export type ListCapability = (typeof listCapabilities)[number];

/** `link.resolve` tells where a short link leads. */
export type Capability = LookupCapability | ListCapability | 'link.resolve';
