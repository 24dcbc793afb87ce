import { defineConfig } from 'vitest/config';

const node = { environment: 'node' as const };

/** Tests in real browsers that wait for servers and timers most of their time: `npm test` runs them beside the unit tests. */
const waiting = ['e2e/faults.test.ts', 'e2e/jobs.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...node,
          name: 'unit',
          include: ['lib/**/*.test.ts', 'components/**/*.test.ts', 'sandbox/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['lib/*.test.ts'],
          // As many as the smallest machine has cores; the default leaves one of them idle.
          maxWorkers: 2,
        },
      },
      { test: { ...node, name: 'structure', include: ['lib/*.test.ts'] } },
      {
        test: {
          ...node,
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: ['e2e/interop/**', ...waiting],
          testTimeout: 60_000,
          hookTimeout: 90_000,
          // Each file drives a real browser and waits for it most of the time; more at once starve each other on two cores.
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...node,
          name: 'waiting',
          include: waiting,
          testTimeout: 60_000,
          hookTimeout: 90_000,
          maxWorkers: 1,
          // Where all projects run in one process, those with another number of workers need a turn of their own.
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...node,
          name: 'interop',
          include: ['e2e/interop/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
