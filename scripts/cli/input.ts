/** Reads what a command is given. */
import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { InputError, UsageError } from './command.ts';

/** `parseArgs`, with its complaints as usage errors. */
export function readArguments<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Bytes as text: UTF-16 where a byte order mark says so (PowerShell's `>` writes that), or else UTF-8, or else GBK, in
 * which the gateway words some of its errors. Drops the mark.
 */
function decode(bytes: Uint8Array): string {
  const utf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe && 'utf-16le') || (bytes[0] === 0xfe && bytes[1] === 0xff && 'utf-16be');
  if (utf16) return new TextDecoder(utf16).decode(bytes);
  const text = new TextDecoder().decode(bytes);
  return isUtf8(bytes) || !isMostlyBroken(text) ? text : new TextDecoder('gb18030').decode(bytes);
}

/** Whether most of what is not ASCII could not be decoded: another encoding, not a damaged character or a cut-off end. */
function isMostlyBroken(text: string): boolean {
  const foreign = text.match(/[^\0-\x7F]/gu) ?? [];
  return foreign.filter((character) => character === '\uFFFD').length * 2 > foreign.length;
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** All of standard input as text. */
export async function readStandardInputText(): Promise<string> {
  return decode(await readStandardInput());
}

/** The lines of standard input that hold something, trimmed, as they arrive. */
export async function* standardInputLines(): AsyncGenerator<string> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    // `trim` takes a byte order mark along.
    const text = line.trim();
    if (text) yield text;
  }
}

/** What is wrong with a file, in words. */
const fileProblems: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read',
};

/** What the file system said of a file, as an error for people. */
export function fileError(path: string, error: unknown): InputError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new InputError(`${path}: ${fileProblems[code] ?? code}`);
}

/** A file's text and the time it was last written, in Unix ms; `-` is standard input, read at `now`. */
export async function readInput(
  path: string,
  now: number,
): Promise<{ readonly text: string; readonly modifiedAt: number }> {
  if (path === '-') return { text: await readStandardInputText(), modifiedAt: now };
  try {
    const bytes = await readFile(path);
    return { text: decode(bytes), modifiedAt: Math.floor((await stat(path)).mtimeMs) };
  } catch (error) {
    throw fileError(path, error);
  }
}
