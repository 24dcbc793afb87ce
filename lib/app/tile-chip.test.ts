import { describe, expect, it } from 'vitest';
import { roomFor } from './tile-chip.ts';

const figure = (text: string) => ({ icon: 'views', text, note: 'Views · exact' }) as const;
const digit = 7;

describe('how many figures a tile has room for', () => {
  it('as many as fit, and at least one', () => {
    const figures = ['9,024,473', '412,902', '1,204', '88'].map(figure);
    expect([119, 150, 190, 240, 300].map((width) => roomFor(figures, width, digit))).toEqual([1, 1, 2, 3, 4]);
    expect(roomFor(figures, 20, digit)).toBe(1);
  });

  it('one on a tile narrower than 120 px, however short they are', () => {
    expect(roomFor([figure('1'), figure('2')], 119, digit)).toBe(1);
    expect(roomFor([figure('1'), figure('2')], 120, digit)).toBe(2);
  });

  it('reckons with wider characters', () => {
    const latin = [figure('12345'), figure('12345')];
    const chinese = [figure('一二三四五'), figure('一二三四五')];
    expect(roomFor(latin, 125, digit)).toBe(2);
    expect(roomFor(chinese, 125, digit)).toBe(1);
  });
});
