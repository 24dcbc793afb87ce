import { describe, expect, it } from 'vitest';
import { postRecord, productRecord } from '../core/record.samples.ts';
import type { FigureNote, PostRecord } from '../core/record.ts';
import { createTranslator } from '../i18n/index.ts';
import type { ChipModel, Entry } from '../messaging/protocol.ts';
import { chipModel } from './chip.ts';

const now = Date.UTC(2026, 8, 1, 12, 5);

const known: Entry = {
  ref: 'tiktok:post:7528963259874125698',
  url: null,
  idTime: Date.UTC(2026, 7, 30),
  status: 'fresh',
  record: null,
  error: null,
  providers: [{ id: 'gateway', label: 'OneBound', hasKey: true }],
  expiresAt: null,
  observationCount: 1,
};

function chip(change: Partial<Entry>, language: 'en' | 'zh_CN' = 'en'): ChipModel {
  return chipModel({ ...known, ...change }, createTranslator(language), 'UTC', now);
}

function counted(precision: FigureNote['precision']): PostRecord {
  const note: FigureNote = {
    precision,
    source: 'api:gateway',
    observed_at: Date.UTC(2026, 8, 1, 12),
    fetched_at: Date.UTC(2026, 8, 1, 12, 0, 1),
  };
  return postRecord({
    like_count: 7_584,
    view_count: 73_759,
    author_name: 'Greenhouse 22',
    figures: { like_count: note, view_count: note },
  });
}

describe('chipModel', () => {
  it('names the item, its source, its precision and the time of the observation', () => {
    const model = chip({ record: counted('exact') });
    expect(model).toMatchObject({ title: 'Video', subtitle: 'Greenhouse 22', line: '' });
    expect(model.source).toEqual({ text: 'From OneBound · exact', at: Date.UTC(2026, 8, 1, 12) });
    expect(model.figures.slice(0, 2).map(({ label, text }) => `${label} ${text}`)).toEqual([
      'Views 73,759',
      'Likes 7,584',
    ]);
  });

  it('calls nothing exact that is not', () => {
    const model = chip({ record: counted('rounded') }, 'zh_CN');
    expect(model.source?.text).not.toContain('精确');
    expect(model.source?.text).toMatch(/^来自 OneBound · /u);
    expect(model.figures[0]?.text).toBe('≈73,759');
  });

  it('asks for no key where the page has said what there is to know', () => {
    const page = { collected_via: 'page_json', api_provider: null, api_endpoint: null } as const;
    for (const status of ['no_key', 'none', 'unsupported'] as const) {
      const model = chip({ status, record: { ...counted('exact'), ...page } });
      expect([model.line, model.toOptions]).toEqual(['', undefined]);
      expect(model.source?.text).toBe('From the page · exact');
    }
    expect(chip({ status: 'no_key', record: { ...counted('rounded'), ...page } }).source?.text).toBe(
      'From the page · rounded',
    );
  });

  it('says that a post is not shown to this viewer, and not that it has no counts', () => {
    const record = postRecord({ availability: 'not_available', api_provider: null, collected_via: 'page_json' });
    expect(chip({ status: 'no_key', record }).line).toBe('Not available to this viewer');
  });

  it('says that a post came without counts, instead of showing zeros', () => {
    const model = chip({ record: postRecord({}) });
    expect(model.line).toMatch(/no counts/u);
    expect(model.figures.map(({ label }) => label)).toEqual(['ID time']);
  });

  it('says that the unit of a price is not declared', () => {
    const price = { price_minor: 7_200, currency: 'CNY', price_unit_source: 'assumed:gateway' } as const;
    expect(chip({ record: productRecord(price) }).line).toMatch(/unit of the price/u);
    expect(chip({ record: productRecord({ ...price, price_unit_source: 'declared' }) }).line).toBe('');
  });

  it('leads to the options where only they help', () => {
    const error = {
      code: 'network',
      message: '',
      retryable: true,
      retryAt: null,
      provider: 'gateway',
      advice: null,
      parameters: [],
      upstreamCode: null,
      upstreamMessage: null,
    } as const;
    expect(chip({ status: 'no_key' }).toOptions).toBe(true);
    expect(chip({ status: 'error', error: { ...error, code: 'auth' } }).toOptions).toBe(true);
    expect(chip({ status: 'error', error }).toOptions).toBeUndefined();
    expect(chip({ status: 'none' }).toOptions).toBeUndefined();
  });
});
