/** The middle of the measured values: one slow run on a busy machine decides nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Median ms of five runs after one that warms up. */
export function timed(run: () => unknown): number {
  run();
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    run();
    times.push(performance.now() - start);
  }
  return median(times);
}

/** Ms of this thread's own processor time (Node 23.9 on): what other programs take at the same time does not count. */
function threadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/**
 * How many times the rival's processor time a run takes: the median of five rounds after two that warm up. Both are run
 * in each round, one after the other, so that whatever slows the machine for a while slows both.
 */
export function timedAgainst(run: () => unknown, rival: () => unknown): number {
  const ratios: number[] = [];
  for (let round = 0; round < 7; round++) {
    const start = threadTime();
    run();
    const middle = threadTime();
    rival();
    if (round > 1) ratios.push((middle - start) / (threadTime() - middle));
  }
  return median(ratios);
}
