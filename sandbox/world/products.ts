import type { WorldProduct } from '../types.ts';

const clothes = { id: '749', name: '云朵服装旗舰店', company: '云朵（虚构）服饰有限公司', telephone: '13000000000', productCount: 214 };
const wood = { id: 'wZhou7c', name: '老周木作', company: '山里木作（虚构）工作室', telephone: '13000000001', productCount: 18 };
const linen = { id: '7495310027714466882', name: 'Greenhouse 22 Supply', company: 'Greenhouse 22 (invented) Ltd', telephone: '', productCount: 36 };
const tools = { id: '7496018834402250117', name: 'Tobi Repairs Store', company: 'Tobi Repairs (invented) AB', telephone: '', productCount: 9 };

/** All products. Those of Douyin are priced in fen, those of TikTok Shop in cents. */
export const products: WorldProduct[] = [
  {
    platform: 'douyin', id: '3617720458120364913', title: '【云朵】磨毛棉麻衬衫女春装新款 叠穿外套 米杏色 ',
    priceMinor: 7200, maximumPriceMinor: 7200, marketPriceMinor: 12_900, currency: 'CNY', sold: 13_482, soldText: '1.3万+',
    shop: { ...clothes, id: 'sYunDuo1' },
    categories: [{ id: 20005, name: '女装' }, { id: 20179, name: '衬衫' }],
    options: [{ name: '颜色分类', values: ['米杏色', '灰蓝色', '卡其色'] }, { name: '尺码', values: ['S 建议100斤内穿', 'M 建议100-113斤', 'L 建议110-123斤'] }],
    attributes: { 品牌: '云朵', 面料材质: '棉麻', 图案: '纯色', 风格: '通勤' },
    score: { product: 4.85, service: 4.96, logistics: 5 }, rating: 4.8, reviewCount: 2114, imageCount: 5, status: 'on_sale',
  },
  {
    platform: 'douyin', id: '3540118273360097541', title: '亚麻连衣裙 中长款 "茶歇" 收腰, 有口袋',
    priceMinor: 15_990, maximumPriceMinor: 17_990, marketPriceMinor: 25_900, currency: 'CNY', sold: 862, soldText: '862',
    shop: { ...clothes, id: 'sYunDuo1' },
    categories: [{ id: 20005, name: '女装' }, { id: 20181, name: '连衣裙' }],
    options: [{ name: '颜色', values: ['亚麻白', '橄榄绿'] }, { name: '尺码', values: ['S', 'M', 'L', 'XL'] }],
    attributes: { 品牌: '云朵', 面料材质: '亚麻' },
    score: { product: 4.85, service: 4.96, logistics: 5 }, rating: 4.7, reviewCount: 96, imageCount: 4, status: 'on_sale',
  },
  {
    platform: 'douyin', id: '3702254419873120066', title: '老周手作榫卯小板凳 老榆木 不用一颗钉',
    priceMinor: 26_800, maximumPriceMinor: 39_800, marketPriceMinor: 39_800, currency: 'CNY', sold: 104_377, soldText: '10.4万+',
    shop: wood,
    categories: [{ id: 20033, name: '家具' }, { id: 22410, name: '凳子' }, { id: 31877, name: '实木凳' }],
    options: [{ name: '高度', values: ['30厘米', '45厘米'] }],
    attributes: { 品牌: '老周木作', 材质: '老榆木', 产地: '浙江' },
    score: { product: 4.97, service: 4.91, logistics: 4.6 }, rating: 4.9, reviewCount: 8820, imageCount: 6, status: 'on_sale',
  },
  {
    platform: 'douyin', id: '3455600917720083328', title: '=福袋= 木工边角料 5斤装',
    priceMinor: 990, maximumPriceMinor: 990, marketPriceMinor: 990, currency: 'CNY', sold: 37, soldText: '37',
    shop: wood,
    categories: [{ id: 20033, name: '家具' }, { id: 22499, name: '木料' }],
    options: [{ name: '规格', values: ['5斤'] }],
    attributes: {},
    score: { product: 4.97, service: 4.91, logistics: 4.6 }, rating: 4.2, reviewCount: 5, imageCount: 1, status: 'off_shelf',
  },
  {
    platform: 'tiktok', id: '1729503318846291774', title: 'Linen Apron with Two Pockets, Cross Back, "Garden Green"',
    priceMinor: 2417, maximumPriceMinor: 2469, marketPriceMinor: 3175, currency: 'USD', sold: 30_764, soldText: '30.7K',
    shop: linen,
    categories: [{ id: 600001, name: 'Home Supplies' }, { id: 851208, name: 'Aprons' }],
    options: [{ name: 'Color', values: ['Garden Green', 'Oat', 'Ink'] }, { name: 'Size', values: ['One Size', 'Plus'] }],
    attributes: { Material: 'Linen', Care: 'Machine wash, cold' },
    score: { product: 4.6, service: 4.7, logistics: 4.5 }, rating: 4.6, reviewCount: 1312, imageCount: 4, status: 'on_sale',
  },
  {
    platform: 'tiktok', id: '1731204477093851136', title: 'Precision Screwdriver Set, 24 pieces + bag',
    priceMinor: 1899, maximumPriceMinor: 1899, marketPriceMinor: 1899, currency: 'USD', sold: 418, soldText: '418',
    shop: tools,
    categories: [{ id: 604579, name: 'Tools & Hardware' }, { id: 871944, name: 'Hand Tools' }],
    options: [{ name: 'Handle', values: ['Orange', 'Black'] }],
    attributes: { Pieces: '24' },
    score: { product: 4.8, service: 4.2, logistics: 4.4 }, rating: 4.8, reviewCount: 57, imageCount: 3, status: 'on_sale',
  },
];
