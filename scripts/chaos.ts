/**
 * `npm run test:chaos`: a job of 1,000 ids in real Chromium with the built extension, whose worker is killed at 50 moments
 * and which is closed and opened again 3 times. `node scripts/chaos.ts [IDS] [KILLS] [RESTARTS] [SEED]`; the seed is printed, and draws the same
 * moments again. Fails where a thing has not exactly one result, or more calls were made than were under way at a death.
 */
import { runChaos } from '../e2e/harness/chaos.ts';
import { startSession } from '../e2e/harness/session.ts';

const [ids = 1_000, kills = 50, restarts = 3, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
console.log(`${ids} ids, ${kills} kills of the worker, ${restarts} restarts of the browser, seed ${seed}`);
const session = await startSession();
try {
  await session.saveKeys();
  const report = await runChaos(session, { ids, kills, restarts, seed, log: (line) => console.log(line) });
  console.log(JSON.stringify(report, null, 2));
  if (report.faults.length > 0) process.exitCode = 1;
} finally {
  await session.close();
}
console.log(process.exitCode ? 'It does not hold.' : 'It holds.');
