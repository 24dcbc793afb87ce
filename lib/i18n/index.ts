/** The words of the interface. They load from `_locales` instead of the browser, so that the language can be switched in the app. */
import en from '../../public/_locales/en/messages.json' with { type: 'json' };
import zhCn from '../../public/_locales/zh_CN/messages.json' with { type: 'json' };

const dictionaries: Readonly<Record<'en' | 'zh_CN', Readonly<Record<string, { readonly message: string }>>>> = {
  en,
  zh_CN: zhCn,
};
export type Language = keyof typeof dictionaries;

/** The words of a message key with `$1`, `$2` … filled in. */
export interface Translate {
  (key: string, ...parameters: readonly (string | number)[]): string;
  readonly language: Language;
  /** The BCP-47 tag for `Intl` and `lang` attributes. */
  readonly locale: string;
  has(key: string): boolean;
}

/** The language to speak: the chosen one, or for `auto` the nearest to the browser's ("zh-TW" → zh_CN, "de" → en). */
export function resolveLanguage(setting: 'auto' | Language, browserLanguage: string): Language {
  if (setting !== 'auto') return setting;
  return browserLanguage.toLowerCase().startsWith('zh') ? 'zh_CN' : 'en';
}

export function createTranslator(language: Language): Translate {
  const dictionary = dictionaries[language];
  const translate = (key: string, ...parameters: readonly (string | number)[]) =>
    // A missing key shows itself; a structure test keeps that from shipping.
    (dictionary[key]?.message ?? key).replaceAll(/\$(\d)/gu, (_whole, digit: string) =>
      String(parameters[Number(digit) - 1] ?? ''),
    );
  return Object.assign(translate, {
    language,
    locale: language === 'zh_CN' ? 'zh-CN' : 'en',
    has: (key: string) => Object.hasOwn(dictionary, key),
  });
}
