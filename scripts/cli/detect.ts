import { refKey } from '../../lib/core/ref.ts';
import { detectUrl } from '../../lib/sites/index.ts';
import { type Command, printJson } from './command.ts';
import { readArguments, standardInputLines } from './input.ts';

function detect(url: string): void {
  printJson({ url, refs: detectUrl(url).map(refKey) });
}

export const command: Command = {
  usage: 'detect [URL…]',
  help: `Prints what each URL names: {"url":…,"refs":["douyin:post:7…"]}, one line per URL, no refs for what is unknown.
Without a URL it reads them from standard input, one per line. Nothing is fetched.`,
  run: async (args) => {
    const { positionals } = readArguments({ args: [...args], allowPositionals: true, options: {} });
    if (positionals.length > 0) positionals.forEach(detect);
    else for await (const url of standardInputLines()) detect(url);
  },
};
