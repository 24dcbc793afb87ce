import { describe, expect, it } from 'vitest';
import { readList } from '../../../lib/sites/list-input.ts';
import {
  decodeText,
  isSpreadsheet,
  linkAddress,
  meaningId,
  numberMeanings,
  undecided,
  withResolved,
} from './list-text.ts';

describe('a list', () => {
  const reading = readList(
    'https://vm.tiktok.com/ZTR45GpSF/\nhttps://v.douyin.com/JtFzR4YIV8c/\n@lily\n7528963259874125698',
    {
      numbers: null,
    },
  );

  it('has lines that somebody must decide', () => {
    expect(undecided(reading)).toBe(1);
    expect(undecided(readList('hello', { numbers: null }))).toBe(0);
    expect(new Set(numberMeanings.map(meaningId)).size).toBe(numberMeanings.length);
  });

  it('grows by what its short links lead to, each once', () => {
    const [one, other] = reading.shortLinks;
    if (!one || !other) throw new Error('no short links');
    expect(withResolved(reading, new Map())).toBe(reading.refs);
    expect(
      withResolved(
        reading,
        new Map([
          [one, { ref: 'tiktok:post:7528963259874125698' }],
          [other, { ref: null }],
        ]),
      ),
    ).toEqual(['tiktok:author:lily', 'tiktok:post:7528963259874125698']);
    expect(withResolved(reading, new Map([[one, { ref: 'tiktok:author:lily' }]]))).toEqual(['tiktok:author:lily']);
  });

  it.each([
    'https://vm.tiktok.com/ZTR45GpSF/',
    'https://v.douyin.com/JtFzR4YIV8c/',
    'https://www.tiktok.com/t/ZTR45GpSF/',
  ])('leads to %s again', (address) => {
    const [link] = readList(`${address}\n@lily`, { numbers: null }).shortLinks;
    expect(link && linkAddress(link)).toBe(address);
  });
});

describe('a file', () => {
  it('is read in the encodings that spreadsheets write', () => {
    const text = '作品,链接\r\n夏日,x';
    expect(decodeText(new TextEncoder().encode(text))).toBe(text);
    expect(decodeText(Uint8Array.from([0xff, 0xfe, 0x5c, 0x4f]))).toBe('作');
    expect(decodeText(Uint8Array.from([0xfe, 0xff, 0x4f, 0x5c]))).toBe('作');
    // GBK, as Excel in China saves CSV.
    expect(decodeText(Uint8Array.from([0xd7, 0xf7, 0xc6, 0xb7]))).toBe('作品');
  });

  it('of a spreadsheet’s own format is known by its name', () => {
    expect(['a.XLSX', 'b.ods', 'c.numbers'].every(isSpreadsheet)).toBe(true);
    expect(['a.csv', 'xlsx.txt'].some(isSpreadsheet)).toBe(false);
  });
});
