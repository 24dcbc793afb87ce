/** A small repeatable generator (mulberry32): the world must be the same in every run. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** A whole number from `low` to `high`, spread so that small figures are as likely as large ones. */
export function spread(random: () => number, low: number, high: number): number {
  return Math.floor(Math.exp(Math.log(low) + random() * (Math.log(high) - Math.log(low))));
}

/** The id of something made at that second: the upper 32 bits hold the time, the lower ones the rest. */
export function timeId(unixSeconds: number, random: () => number): string {
  const rest = BigInt(Math.floor(random() * 0x1_0000_0000)) | 1n;
  return ((BigInt(unixSeconds) << 32n) | rest).toString();
}

const secUidCharacters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** An invented secUid. Both lengths exist: 43 and 64 characters after the fixed beginning. */
export function inventSecUid(random: () => number, length: 43 | 64): string {
  let text = 'MS4wLjABAAAA';
  for (let index = 0; index < length; index += 1) {
    text += secUidCharacters[Math.floor(random() * secUidCharacters.length)];
  }
  return text;
}
