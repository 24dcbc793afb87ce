/** The words that people read, as tests expect them. */
import en from '../../public/_locales/en/messages.json' with { type: 'json' };
import zhCn from '../../public/_locales/zh_CN/messages.json' with { type: 'json' };

type Dictionary = Readonly<Record<string, { readonly message: string }>>;
const words = { en, zh_CN: zhCn } as const satisfies Record<string, Dictionary>;

export type Language = keyof typeof words;
export const languages = ['en', 'zh_CN'] as const satisfies readonly Language[];

/** The worded message; undefined: there is none. */
export function messageOf(language: Language, key: string): string | undefined {
  const dictionary: Dictionary = words[language];
  return dictionary[key]?.message;
}

/** The worded message as a pattern: placeholders may be anything. Throws where there is none. */
export function pattern(language: Language, key: string): RegExp {
  const text = messageOf(language, key);
  if (!text) throw new Error(`No message ${key} in ${language}`);
  return new RegExp(text.replaceAll(/[.*+?^{}()|[\]\\]/gu, String.raw`\$&`).replaceAll(/\$\d/gu, '.*'), 'u');
}
