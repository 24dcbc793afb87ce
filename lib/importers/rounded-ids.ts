/**
 * Ids that a program has put through a number: 19 digits exceed 2^53, so the last ones are lost. A spreadsheet and R write
 * 7.23457E+18, a spreadsheet also 15 digits and zeros; Python writes 7234567890123457024 or adds `.0`; JavaScript and jq
 * write 7234567890123457000. A lost id is never guessed.
 */

/** Rows that are looked at before the first is judged. */
export const sampleSize = 50;

/** Whether it is a number with an exponent or a fraction: no id any more. */
export function isNumberForm(id: string): boolean {
  return /^\d+(?:[.,]\d+)?e\+?\d+$/iu.test(id) || /^\d{15,20}[.,]\d*$/u.test(id);
}

/** Whether these digits are what some program writes for a double. So are those of two true ids in a thousand. */
export function looksRounded(id: string): boolean {
  if (!/^\d{16,20}$/u.test(id)) return false;
  const number = Number(id);
  if (Number.isSafeInteger(number)) return false;
  return String(number) === id || BigInt(number) === BigInt(id);
}

/** Judges the ids of one column: a program rounds all of them or none. */
export class RoundedIds {
  #seen: boolean[] = [];

  /** Looks at an id beforehand; only the newest are remembered. */
  look(id: string): void {
    if (!/^\d{16,20}$/u.test(id)) return;
    this.#seen.push(looksRounded(id));
    if (this.#seen.length > sampleSize) this.#seen = this.#seen.slice(-sampleSize);
  }

  /** Whether the digits of this id are not to be believed. */
  isLost(id: string): boolean {
    if (isNumberForm(id)) return true;
    if (!looksRounded(id)) return false;
    const rounded = this.#seen.filter(Boolean).length;
    // Of fewer than three nobody can tell; the chance that a true id looks so is one in five hundred.
    return this.#seen.length < 3 || rounded * 5 > this.#seen.length;
  }
}
