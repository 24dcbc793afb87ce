import type { EntityRef } from '../core/ref.ts';
import { bearer } from './bearer.ts';
import { gateway } from './gateway.ts';
import { keySecret } from './key-secret.ts';
import { oembed } from './oembed.ts';
import { openPlatform } from './open-platform.ts';
import { capabilityOf, type Provider } from './provider.ts';
import { tikhub } from './tikhub.ts';
import { tiktokOfficial } from './tiktok-official.ts';
import { tiktokResearch } from './tiktok-research.ts';

/** Every provider, one line each, in the order in which they are asked. */
export const providers: readonly Provider[] = [
  gateway,
  keySecret,
  bearer,
  tikhub,
  openPlatform,
  tiktokOfficial,
  tiktokResearch,
  oembed,
];

export function providerById(id: string): Provider | null {
  return providers.find((provider) => provider.id === id) ?? null;
}

/** The providers that can look this thing up. */
export function providersFor(ref: EntityRef): readonly Provider[] {
  const capability = capabilityOf[ref.kind];
  if (!capability) return [];
  return providers.filter(({ capabilities }) => {
    const entry = capabilities[capability];
    return entry?.platforms.includes(ref.platform) === true && (entry.accepts?.(ref) ?? true);
  });
}
