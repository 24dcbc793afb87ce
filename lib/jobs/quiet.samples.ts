/** For tests with a real database and real connections under a simulated clock: says when nothing is under way any more. */
import 'fake-indexeddb/auto';

let openTransactions = 0;
const prototype = IDBDatabase.prototype;
// oxlint-disable-next-line typescript/unbound-method -- called with its own database below
const begin = prototype.transaction;
prototype.transaction = function counted(this: IDBDatabase, ...parameters: Parameters<typeof begin>) {
  const transaction = begin.apply(this, parameters);
  openTransactions += 1;
  const end = (): void => {
    openTransactions -= 1;
  };
  transaction.addEventListener('complete', end);
  transaction.addEventListener('abort', end);
  return transaction;
};

/** Turns without anything under way after which nothing comes any more: what is decided between two steps takes fewer. */
const quietTurns = 12;

/** Resolves once no transaction is open, and nothing else that `isBusy` tells of. */
export async function quiet(isBusy: () => boolean = () => false): Promise<void> {
  for (let turns = 0; turns < quietTurns; turns += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (openTransactions > 0 || isBusy()) turns = 0;
  }
}

let databases = 0;

/** The name of a database that no other test has. */
export function newDatabaseName(): string {
  databases += 1;
  return `test-${process.pid}-${databases}`;
}
