/** The subtitle tracks of TikTok's web items: `subtitleInfos`, and `captionInfos` beside it in newer ones (2026-07). */
import type { Reading } from '../core/record-factory.ts';
import type { Subtitle } from '../core/record.ts';
import { absent, at, firstOf, firstUrlOf, flagOf, isObject, listOf, nameOf, urlOf, valueOf } from './reading.ts';

/** ASR and MT are machines (4CAT, yt-dlp 2026-08); LC is what its author uploaded. */
const kinds: Readonly<Record<string, Subtitle['kind']>> = { ASR: 'asr', MT: 'translated', LC: 'creator' };

function fromInfo(info: unknown): readonly Subtitle[] {
  const url = urlOf(at(info, 'Url'));
  const language = nameOf(at(info, 'LanguageCodeName'));
  if ('missing' in url && 'missing' in language) return [];
  const source = valueOf(nameOf(at(info, 'Source')))?.toUpperCase() ?? '';
  const kind = (Object.hasOwn(kinds, source) ? kinds[source] : undefined) ?? 'unknown';
  return [{ language: valueOf(language), kind, format: valueOf(nameOf(at(info, 'Format'))), url: valueOf(url) }];
}

function captionKind(info: unknown): Subtitle['kind'] {
  const isAutomatic = valueOf(flagOf(at(info, 'isAutoGen')));
  if (isAutomatic === null) return 'unknown';
  if (!isAutomatic) return 'creator';
  return valueOf(flagOf(at(info, 'isOriginalCaption'))) === false ? 'translated' : 'asr';
}

function fromCaption(info: unknown): readonly Subtitle[] {
  const url = firstOf(urlOf(at(info, 'url')), firstUrlOf(at(info, 'urlList')));
  const language = nameOf(at(info, 'language'));
  if ('missing' in url && 'missing' in language) return [];
  const format = valueOf(nameOf(at(info, 'captionFormat')));
  return [{ language: valueOf(language), kind: captionKind(info), format, url: valueOf(url) }];
}

/** The tracks that an item offers; both lists describe the same ones, so the second adds only what the first lacks. */
export function subtitlesOf(item: unknown): Reading<readonly Subtitle[]> {
  const infos = at(item, 'video', 'subtitleInfos');
  const captions = at(item, 'video', 'claInfo', 'captionInfos');
  if (!isObject(at(item, 'video')) || (!Array.isArray(infos) && !Array.isArray(captions))) return absent;
  const tracks = listOf(infos).flatMap(fromInfo);
  const known = new Set(tracks.map(({ language, kind }) => `${kind} ${language ?? ''}`));
  const others = listOf(captions)
    .flatMap(fromCaption)
    .filter(({ language, kind }) => !known.has(`${kind} ${language ?? ''}`));
  return { value: [...tracks, ...others] };
}
