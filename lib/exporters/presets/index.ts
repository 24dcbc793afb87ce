import { apify } from './apify.ts';
import { doukZh } from './douk-zh.ts';
import { fourCat } from './four-cat.ts';
import { minet } from './minet.ts';
import { native } from './native.ts';
import type { Preset } from './preset.ts';
import { pyktok } from './pyktok.ts';
import { researchApi } from './research-api.ts';
import { zeeschuimerCsv } from './zeeschuimer-csv.ts';
import { zh } from './zh.ts';

/** Every header preset, one line each, in the order in which they are offered. */
export const presets: readonly Preset[] = [
  native,
  zh,
  fourCat,
  zeeschuimerCsv,
  apify,
  minet,
  researchApi,
  pyktok,
  doukZh,
];

export function presetById(id: string): Preset | null {
  return presets.find((preset) => preset.id === id) ?? null;
}
