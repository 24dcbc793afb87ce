/**
 * CSL-JSON, one item per post, for Zotero, pandoc and citeproc. Variables by the schema csl-data.json of CSL 1.0.2 (read
 * 2026-09). The type is `post`, "a post on an online forum, social media platform": `motion_picture` is for works that are
 * not part of a platform, and styles print neither the platform nor the kind of post with it. Texts are whole: JSON holds
 * line breaks and control characters.
 */
import type { JsonValue } from './columns/column.ts';
import { defineExporter } from './exporter.ts';
import { type Reference, referencesOf } from './reference.ts';

function dateOf(day: string | null): JsonValue | undefined {
  return day === null ? undefined : { 'date-parts': [day.split('-').map(Number)] };
}

/** What is not known is left out: the schema has no null. */
function itemText(reference: Reference): string {
  const { author, hashtags } = reference;
  const item = {
    id: reference.key,
    type: 'post',
    title: reference.title,
    author: author === null ? undefined : [{ literal: author }],
    issued: dateOf(reference.published),
    accessed: dateOf(reference.accessed),
    'container-title': reference.site,
    genre: reference.medium,
    URL: reference.url ?? undefined,
    abstract: reference.caption ?? undefined,
    keyword: hashtags.length === 0 ? undefined : hashtags.join(', '),
    language: reference.language ?? undefined,
    archive: reference.site,
    archive_location: reference.id,
    note: reference.note,
  };
  return JSON.stringify(item, (_name, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value));
}

export const cslJson = defineExporter({
  id: 'csl-json',
  label: 'exporter_csl_json',
  hint: 'exporter_csl_json_hint',
  extension: 'json',
  mediaType: 'application/vnd.citationstyles.csl+json',
  form: 'record',
  tables: ['post'],
  async *write(tables, context) {
    let separator = '[\n';
    for await (const reference of referencesOf(tables, context)) {
      yield separator + itemText(reference);
      separator = ',\n';
    }
    yield separator === '[\n' ? '[]\n' : '\n]\n';
  },
});
