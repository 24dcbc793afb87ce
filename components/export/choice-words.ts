/** What the one click exports, in a few words. */
import type { ExportChoices } from '../../lib/core/export-choices.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { exporterOf, shortName } from './choices.ts';

/** "CSV", "CSV · sample · new ones only": the format, and what leaves things out. */
export function choicesText(t: Translate, choices: ExportChoices): string {
  const exporter = exporterOf(choices);
  return [
    exporter && shortName(t(exporter.label)),
    choices.idsOnly && t('export_ids'),
    choices.sample && t('export_sample_title'),
    choices.skipExported && t('export_more_skip'),
  ]
    .filter((word) => typeof word === 'string')
    .join(' · ');
}

/** For the title of a button; undefined until it is known. */
export function clickText(t: Translate, choices: ExportChoices | null): string | undefined {
  return choices ? t('export_click', choicesText(t, choices)) : undefined;
}
