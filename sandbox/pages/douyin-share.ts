import type { World, WorldPost, WorldProduct } from '../types.ts';
import { chineseCount, escapeHtml, poster } from '../client/html.ts';
import type { PageAnswer } from './answer.ts';
import { jsonForScript, page } from './answer.ts';
import { describeAll } from './douyin-pages.ts';
import { douyinDocument } from './douyin-shell.ts';

/** The page that a shared link opens. It embeds the whole description, or the reason why there is none. */
export function sharePage(world: World, id: string, form: string, post: WorldPost | undefined): PageAnswer {
  const kind = form === 'video' ? 'video' : 'note';
  const listed = post && post.status === 'normal' ? describeAll(world, [post]) : [];
  const data = {
    loaderData: {
      [`${kind}_layout`]: null,
      [`${kind}_(id)/page`]: {
        itemId: id,
        isSpider: false,
        videoInfoRes: {
          status_code: 0,
          is_oversea: 1,
          extra: { now: Date.now() },
          item_list: listed,
          filter_list:
            listed.length > 0
              ? []
              : [
                  {
                    aweme_id: id,
                    filter_reason: 'status_deleted',
                    detail_msg: '作品不见了',
                    notice: '抱歉，作品不见了',
                  },
                ],
        },
      },
    },
    errors: null,
  };
  const main = post
    ? `<div class="product"><div class="box">${poster(post.id)}</div><div><h1>${escapeHtml(post.caption)}</h1><p>@${escapeHtml(post.author.name)} · ${chineseCount(post.counts.likes)} 赞</p></div></div>`
    : '<div class="product"><h1>抱歉，作品不见了</h1></div>';
  const blocks = `<script>window._ROUTER_DATA = ${jsonForScript(data)}</script>`;
  return page(
    douyinDocument({ title: '抖音', pathname: `/share/${form}/${id}`, main, scrolls: true, plain: true, blocks }),
  );
}

function yuan(fen: number): string {
  return (fen / 100).toFixed(2);
}

/** The page of a product. As far as anyone knows, the real one embeds no data. */
export function productPage(product: WorldProduct | undefined, id: string): PageAnswer {
  if (!product)
    return page(
      douyinDocument({
        title: '商品详情',
        pathname: '/',
        main: `<div class="product"><h1>商品不存在或已下架</h1><p>${escapeHtml(id)}</p></div>`,
        scrolls: true,
        plain: true,
        blocks: '',
      }),
    );
  const options = product.options
    .map(
      (option) =>
        `<dt>${escapeHtml(option.name)}</dt><dd>${option.values.map((value) => `<span class="choice">${escapeHtml(value)}</span>`).join('')}</dd>`,
    )
    .join('');
  const main = `<div class="product"><div class="box">${poster(product.id)}</div><div><h1>${escapeHtml(product.title)}</h1><div><span class="price"><small>¥</small>${yuan(product.priceMinor)}</span><del>¥${yuan(product.marketPriceMinor)}</del></div><p class="by">已售 ${escapeHtml(product.soldText)} · ${escapeHtml(product.shop.name)}</p><dl>${options}</dl><button type="button" class="red">${product.status === 'on_sale' ? '立即购买' : '已下架'}</button></div></div>`;
  return page(
    douyinDocument({ title: product.title.trim(), pathname: '/', main, scrolls: true, plain: true, blocks: '' }),
  );
}
