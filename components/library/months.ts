/** Months as reports name them. Pure. */

/** Every month from the first to the last (`2026-11`), those without a post too. */
export function monthsBetween(first: string, last: string): readonly string[] {
  const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
  const [from, to] = [number(first), number(last)];
  if (!(from <= to)) return [];
  return Array.from({ length: to - from + 1 }, (_value, index) => {
    const month = from + index;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
}
