/**
 * Invented captions. The first ones are awkward on purpose: formulae, quotes, line breaks, scripts
 * that run from right to left, emoji made of several code points.
 */

export interface Caption {
  /** The index of the author in the list of the platform. */
  author: number;
  text: string;
  english?: string;
  language: string;
}

export const tiktokCaptions: Caption[] = [
  { author: 0, language: 'en', text: 'Overnight focaccia, no kneading ✨ #focaccia #sourdough #bakingtok' },
  { author: 2, language: 'en', text: '=SUM(A1:A9) kilometres later, the chain still holds #cycling #winterride' },
  {
    author: 5,
    language: 'en',
    text: 'He said "just replace it".\n\nI replaced, in order:\n1) the fuse\n2) my patience, twice\n#repair #fixit',
  },
  { author: 3, language: 'ar', text: 'كيف كانت جدتي تحمّص القهوة؟ ☕️ قصة من ثلاث دقائق #قهوة #حكايات #fyp' },
  { author: 4, language: 'zh', text: '第一次拉坯就裂了，第二次“成功”了😂 #陶艺 #手作 #猫' },
  {
    author: 7,
    language: 'en',
    text: '@marina.bakes you asked for the apron, here it is: linen, two pockets 🛒 #linen #apron #shopsmall',
  },
  {
    author: 6,
    language: 'en',
    text: '+1 river that flows both ways, <b>really</b> & here is the map #geography #maps #fypシ',
  },
  {
    author: 1,
    language: 'en',
    text: 'We counted bees for 40 days, 3 gardens, 1 very cold May 🐝📈 #citizenscience #bees #data',
  },
  { author: 8, language: 'en', text: '-12 °C at the platform, noodles at 4 a.m. 👩🏽‍⚕️🍜 #nightshift #nurse' },
  { author: 9, language: 'en', text: '' },
  {
    author: 6,
    language: 'de',
    text: 'Warum ist die Grenze hier krumm? Straßen, Äcker, ein Streit von 1823 #Karten #geschichte',
  },
  { author: 0, language: 'en', text: 'Rye at 100 %: what went wrong, and what I changed 👨‍👩‍👧 #rye #bakingtok' },
  { author: 4, language: 'ja', text: '釉薬のテスト、12色ぜんぶ見せます🎨 #陶芸 #うつわ' },
  { author: 3, language: 'ar', text: 'سوق العطارين فجرًا، قبل أن يصل الناس #سوق #صباح_الخير' },
  {
    author: 1,
    language: 'en',
    text: 'Measuring the same street twice: 09:00 vs. 21:00, you can hear it #acoustics #city',
  },
  { author: 5, language: 'sv', text: 'Kaffebryggaren från 1974 lever! Åtta skruvar, en packning #laga #kaffe' },
  { author: 8, language: 'en', text: 'What is in my bag, 12-hour edition; yes, three pens #nurse #whatsinmybag' },
  { author: 2, language: 'en', text: 'Sea wall, headwind, no excuses 🚴‍♀️ #cycling #northpier' },
  { author: 7, language: 'en', text: 'Seedlings, week 3: the tall one is Gerald 🌱 #greenhouse #plants' },
  { author: 6, language: 'ko', text: '강이 국경이 아닌 이유 🗺️ #지도 #geography' },
];

export const douyinCaptions: Caption[] = [
  {
    author: 0,
    language: 'zh',
    text: '一把椅子十二个榫，不用一颗钉子 #木工 #榫卯 #手艺人',
    english: 'One chair, twelve joints, not a single nail #woodwork #joinery #craft',
  },
  {
    author: 5,
    language: 'zh',
    text: '+1 个车站：凌晨四点的候车厅 #车站 #摄影',
    english: '+1 station: the waiting hall at four in the morning #station #photo',
  },
  {
    author: 1,
    language: 'zh',
    text: '妈妈说“少放盐”。\n\n我放了：\n1. 半勺\n2. 又半勺\n#家常菜 #厨房日记',
    english: 'Mother said "less salt".\n\nI added:\n1. half a spoon\n2. half a spoon more\n#homecooking #kitchen',
  },
  {
    author: 4,
    language: 'zh',
    text: '春天第一件磨毛衬衫，米杏色真的很温柔🧥 #穿搭 #衬衫 #棉麻',
    english: 'The first brushed shirt of spring, apricot is so gentle 🧥 #outfit #shirt #linen',
  },
  {
    author: 2,
    language: 'zh',
    text: '三百只大雁，排了四十分钟 🪿 #观鸟 #迁徙 #自然',
    english: 'Three hundred geese took forty minutes to line up 🪿 #birds #migration #nature',
  },
  {
    author: 6,
    language: 'zh',
    text: '=mc² 到底在说什么？一张纸讲清楚 #物理 #科普',
    english: '=mc² on one sheet of paper #physics #science',
  },
  {
    author: 3,
    language: 'zh',
    text: '这把椅子坐了 70 年，为什么还没过时？ #设计 #椅子 #包豪斯',
    english: 'Seventy years old and not out of date: why? #design #chair #bauhaus',
  },
  {
    author: 7,
    language: 'zh',
    text: '@海边老穆 退潮了，走！🦀 #赶海 #大海',
    english: '@OldMu the tide is out, let us go! 🦀 #beachcombing #sea',
  },
  {
    author: 1,
    language: 'zh',
    text: '番茄牛腩，收汁的那一分钟别走开 🍅 #家常菜 #番茄牛腩',
    english: 'Tomato and beef: do not walk away in the last minute 🍅 #homecooking #tomatobeef',
  },
  {
    author: 4,
    language: 'zh',
    text: '工厂实拍 | 一件亚麻连衣裙的 27 道工序 #源头工厂 #亚麻',
    english: 'In the factory: 27 steps to a linen dress #factory #linen',
  },
  {
    author: 0,
    language: 'zh',
    text: '老周修门，顺便修了邻居的心情😄 #木工 #乡村',
    english: 'Old Zhou mends a door and the mood of a neighbour 😄 #woodwork #village',
  },
  {
    author: 6,
    language: 'zh',
    text: '天空为什么是蓝的, 晚霞为什么是红的 #物理 #天空',
    english: 'Why the sky is blue, and the evening red #physics #sky',
  },
  {
    author: 2,
    language: 'zh',
    text: '雨后，一只翠鸟等了二十分钟 #观鸟 #翠鸟',
    english: 'After the rain a kingfisher waited twenty minutes #birds #kingfisher',
  },
  { author: 3, language: 'zh', text: '', english: '' },
  {
    author: 7,
    language: 'zh',
    text: '船底刷漆第三遍，手酸 #修船 #老手艺',
    english: 'Third coat on the hull, sore hands #boat #oldcraft',
  },
  {
    author: 5,
    language: 'zh',
    text: '小站停两分钟，够买一个茶叶蛋 #车站 #绿皮车',
    english: 'Two minutes at a small station: enough for one tea egg #station #train',
  },
];
