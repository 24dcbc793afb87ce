/**
 * `CHECKLIST.md`: questions to answer before data are analysed or shared, in both languages. Questions only: what the
 * answer has to be is for the researcher, the institution and its advisers. The articles are those of AoIR's Internet Research
 * Ethics 3.0 (2019), GDPR (EU) 2016/679, PIPL of 2021-08-20 and DSA (EU) 2022/2065, as of 2026-11.
 */
type Question = readonly [english: string, chinese: string];

interface Part {
  readonly title: Question;
  readonly questions: readonly Question[];
}

const parts: readonly Part[] = [
  {
    title: ['Ethics (AoIR Internet Research Ethics 3.0)', '伦理（AoIR《互联网研究伦理 3.0》）'],
    questions: [
      [
        'Has an ethics board reviewed the study, or is it written down why none has to?',
        '研究是否经过伦理审查，或已书面说明为何无需审查？',
      ],
      ['Would the people in the data expect to be studied in this way?', '数据中的人是否会预料到被如此研究？'],
      [
        'Are minors or vulnerable groups among them, and what is done to protect them?',
        '其中是否有未成年人或弱势群体？采取了哪些保护措施？',
      ],
      [
        'What harm could publication do to them, and is it weighed against the benefit?',
        '发表可能给他们带来什么伤害？是否已与益处权衡？',
      ],
    ],
  },
  {
    title: ['Data protection (GDPR, PIPL)', '数据保护（GDPR、《个人信息保护法》）'],
    questions: [
      [
        'On which legal basis are personal data processed (GDPR Art. 6 and, for special categories, Art. 9)?',
        '处理个人数据的法律依据是什么（GDPR 第 6 条；特殊类别为第 9 条）？',
      ],
      [
        'Which safeguards for research apply (GDPR Art. 89: data minimisation, pseudonymisation)?',
        '采用了哪些研究保障措施（GDPR 第 89 条：最小化、假名化）？',
      ],
      [
        'Do people have to be informed, or does an exception apply (GDPR Art. 14(5)(b))?',
        '是否须告知当事人，或适用例外（GDPR 第 14 条第 5 款 b 项）？',
      ],
      [
        'Is an impact assessment needed (GDPR Art. 35, PIPL Art. 55)?',
        '是否需要影响评估（GDPR 第 35 条、《个人信息保护法》第 55 条）？',
      ],
      [
        'On which basis are data of people in China processed (PIPL Art. 13, sensitive data Art. 28 and 29)?',
        '处理中国境内个人信息的依据是什么（《个人信息保护法》第 13 条；敏感信息第 28、29 条）？',
      ],
      [
        'Do data cross a border, and is that allowed (GDPR Chapter V, PIPL Art. 38 to 40)?',
        '数据是否跨境，是否允许（GDPR 第五章、《个人信息保护法》第 38 至 40 条）？',
      ],
    ],
  },
  {
    title: ["Access and the platforms' terms (DSA Art. 40)", '数据获取与平台条款（DSA 第 40 条）'],
    questions: [
      [
        'Which terms of TikTok or Douyin applied on the day of collection, and is a copy kept?',
        '收集当日适用的 TikTok 或抖音条款是什么？是否留存副本？',
      ],
      [
        'Does the study rely on access to public data under DSA Art. 40(12), or on vetted access under Art. 40(4)?',
        '研究是否依据 DSA 第 40 条第 12 款的公开数据访问，或第 40 条第 4 款的审核访问？',
      ],
      [
        'Do the terms of the API providers named in PROVENANCE.json allow the use and the sharing?',
        'PROVENANCE.json 中所列 API 提供方的条款是否允许使用与共享？',
      ],
      [
        'Do rights of others (copyright of captions, pictures, sounds) stand against sharing?',
        '他人的权利（文字、图片、音乐的著作权）是否妨碍共享？',
      ],
    ],
  },
  {
    title: ['Re-identification', '再识别'],
    questions: [
      [
        'Can a quoted caption or comment be found by a search engine? Is it paraphrased where it should be?',
        '引用的描述或评论能否被搜索引擎找到？必要时是否已改写？',
      ],
      [
        'Post ids lead to the posts and so to people. Do they have to be in the published files?',
        '作品 ID 可通向作品，进而通向个人。公开的文件是否必须包含它们？',
      ],
      [
        'Could exact counts or times single somebody out even without ids?',
        '即使没有 ID，精确的数值或时间是否足以识别某个人？',
      ],
      [
        'Is the key of the pseudonyms kept apart from the data, and who can reach it?',
        '化名密钥是否与数据分开保存？谁能接触到它？',
      ],
    ],
  },
  {
    title: ['Deletion and storage', '删除与保存'],
    questions: [
      [
        'What happens when a person asks to be deleted, or when a post is removed or made private?',
        '当事人要求删除，或作品被删除、设为私密时，如何处理？',
      ],
      ['Until when are the data kept, where, and who may use them?', '数据保存到何时、保存在何处、谁可以使用？'],
      [
        'Is the text withheld, or are only the ids shared, where that is enough for checking the study?',
        '如足以核查研究，是否隐去文字或仅共享 ID？',
      ],
    ],
  },
];

/** The text of CHECKLIST.md. */
export function checklist(): string {
  const sections = parts.map(({ title, questions }) =>
    [
      `## ${title.join(' · ')}`,
      '',
      ...questions.map(([english, chinese]) => `- [ ] ${english}\n      ${chinese}`),
    ].join('\n'),
  );
  return `${[
    '# Terms and ethics checklist · 条款与伦理清单',
    'Questions to answer before the data are analysed or shared. They are no legal advice.',
    '分析或共享数据之前需要回答的问题。本清单不构成法律意见。',
    ...sections,
  ].join('\n\n')}\n`;
}
