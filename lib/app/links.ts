/** Where short links lead, by asking an API: the platform itself is never asked. */
import { AppError } from '../core/errors.ts';
import { parseRefKey, refKey, type RefKey } from '../core/ref.ts';
import type { Settings } from '../core/settings.ts';
import { providers } from '../providers/index.ts';
import { canonicalUrl } from '../sites/canonical.ts';
import { detectUrl } from '../sites/index.ts';
import { type Asking, shortPatienceMs } from './asking.ts';
import { askInOrder, firstError, isUsable, providersInOrder } from './choosing.ts';

export interface LinkDependencies {
  readonly asking: Asking;
  readonly settings: () => Promise<Settings>;
  /** Ids of the providers whose credential is stored. */
  readonly stored: () => Promise<ReadonlySet<string>>;
}

/**
 * Asks one provider after the other where a short link leads. Each is a call: only on a click. `ref` is what the address
 * names, null where that is nothing we know. Throws AppError: the first choice's, `auth` without a key, `unsupported`.
 */
export async function resolveLink(
  { asking, settings, stored }: LinkDependencies,
  key: RefKey,
): Promise<{ readonly url: string; readonly ref: RefKey | null }> {
  const ref = parseRefKey(key);
  const link = ref?.kind === 'short_link' ? canonicalUrl(ref) : null;
  if (!ref || link === null) throw new AppError('bad_request', `Not a short link: ${key}`);
  const able = providers.filter(({ capabilities }) => capabilities['link.resolve']?.platforms.includes(ref.platform));
  if (able.length === 0) throw new AppError('unsupported', 'No provider resolves links of this platform.');
  const [{ sourceOrder }, keys] = await Promise.all([settings(), stored()]);
  const usable = providersInOrder(sourceOrder, 'link.resolve', able).filter((provider) => isUsable(provider, keys));
  if (usable.length === 0) {
    throw new AppError('auth', 'No key of a provider that resolves links is stored.', {
      advice: 'error_no_key_for_it',
    });
  }
  const { answered, failures } = await askInOrder(usable, (provider) =>
    asking.ask(provider, { name: `link.resolve ${link}`, patienceMs: shortPatienceMs }, async (context) => {
      const url = await provider.capabilities['link.resolve']?.resolve(context, link);
      if (url === undefined || !/^https?:/u.test(url) || !URL.canParse(url)) {
        throw new AppError('schema', `${provider.id} answered with no address.`, { provider: provider.id });
      }
      return url;
    }),
  );
  if (!answered) throw firstError(failures);
  const [found] = detectUrl(answered.value);
  return { url: answered.value, ref: found ? refKey(found) : null };
}
