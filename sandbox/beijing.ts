/** "2026-11-21 10:19:34" in Beijing, which is eight hours ahead of UTC all year. */
export function beijingText(unixMilliseconds: number): string {
  return new Date(unixMilliseconds + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
