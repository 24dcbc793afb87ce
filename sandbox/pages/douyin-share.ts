import type { World, WorldPost, WorldProduct } from '../types.ts';
import { chineseCount, escapeHtml, poster } from '../client/html.ts';
import type { PageAnswer } from './answer.ts';
import { bareNumber, json, jsonForScript, page } from './answer.ts';
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

/**
 * What the page of a product asks for by POST. No raw answer has been published: the names are those that ten independent
 * programs read (2024 to 2026); prices in fen.
 */
export function shopPack(world: World, url: URL): PageAnswer {
  const product = world.product(url.searchParams.get('product_id') ?? '');
  if (product?.platform !== 'douyin') return json({ status_code: 1, status_msg: '商品不存在' });
  const images = Array.from({ length: product.imageCount }, (_unused, index) => ({
    url_list: [`https://p3-item.ecombdimg.com/sandbox/${product.id}-${index + 1}.jpeg`],
  }));
  if (url.pathname.includes('/pack/detail')) return json({ status_code: 0, detail_info: { detail_imgs: images } });
  const price = { min_price: product.priceMinor, max_price: product.maximumPriceMinor };
  const names = product.options[0]?.values ?? [];
  return json({
    status_code: 0,
    promotion_h5: {
      basic_info_data: {
        product_id: bareNumber(product.id),
        product_id_str: product.id,
        title_info: { title: product.title.trim() },
        price_info: {
          price,
          discount_price: price,
          market_price: { min_price: product.marketPriceMinor, max_price: product.marketPriceMinor },
        },
        sales_desc: `已售${product.soldText}`,
        sales: product.soldText,
      },
      shop_info: { basic_info: { shop_id: product.shop.id, shop_name: product.shop.name } },
      page_meta: {
        common_meta: {
          sku_spec_info: [{ spec_ids: names.map((_name, index) => String(index + 1)), spec_names: names }],
        },
        sku_meta: {
          sku_mappings: Object.fromEntries(
            names.map((_name, index) => [String(index + 1), `34000${index}${product.id.slice(6)}`]),
          ),
        },
      },
    },
  });
}

/** The page of a product. It embeds no data, as far as anyone knows, and asks for all of it. */
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
  const main = `<div class="product" data-product="${product.id}"><div class="box">${poster(product.id)}</div><div><h1>${escapeHtml(product.title)}</h1><div><span class="price"><small>¥</small>${yuan(product.priceMinor)}</span><del>¥${yuan(product.marketPriceMinor)}</del></div><p class="by">已售 ${escapeHtml(product.soldText)} · ${escapeHtml(product.shop.name)}</p><dl>${options}</dl><button type="button" class="red">${product.status === 'on_sale' ? '立即购买' : '已下架'}</button></div></div>`;
  return page(
    douyinDocument({
      title: product.title.trim(),
      pathname: '/',
      main,
      scripts: ['douyin-product'],
      scrolls: true,
      plain: true,
      blocks: '',
    }),
  );
}
