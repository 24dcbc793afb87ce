/** Clipscope's library without a browser: `npm run -s cli -- <command> …`. One file per command. */
import { enableCompileCache } from 'node:module';
import { type Command, InputError, note, UsageError } from './command.ts';

// Node keeps what it made of our TypeScript: every call but the first starts in half the time.
enableCompileCache();

/** Imported when needed: `detect` should not wait for what `inspect` reads with. */
const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  detect: () => import('./detect.ts'),
  sign: () => import('./sign.ts'),
  inspect: () => import('./inspect.ts'),
  export: () => import('./export.ts'),
};

const call = 'npm run -s cli --';

async function help(names: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    names.map(async (name) => {
      const { command } = (await commands[name]?.()) ?? {};
      return command ? `${call} ${command.usage}\n    ${command.help.replaceAll('\n', '\n    ')}\n` : '';
    }),
  );
  return parts.join('\n');
}

/** Runs one call; resolves to the exit code: 0 done, 1 the input is at fault, 2 the call is. */
async function main([name, ...args]: readonly string[]): Promise<number> {
  const wanted = name === undefined ? undefined : commands[name];
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(await help(Object.keys(commands)));
    return 0;
  }
  if (!wanted || name === undefined || !Object.hasOwn(commands, name)) {
    note(name === undefined ? 'clipscope: no command' : `clipscope: unknown command "${name}"`);
    process.stderr.write(await help(Object.keys(commands)));
    return 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(await help([name]));
    return 0;
  }
  const { command } = await wanted();
  try {
    await command.run(args);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      note(`clipscope ${name}: ${error.message}`);
      note(`usage: ${call} ${command.usage}`);
      return 2;
    }
    if (!(error instanceof InputError)) throw error;
    note(`clipscope ${name}: ${error.message}`);
    return 1;
  }
}

// `… | head -1` closes the pipe; whoever closed it has what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
// Not `process.exit`, which would cut off what a pipe has not taken yet.
process.exitCode = await main(process.argv.slice(2));
