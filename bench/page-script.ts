/** A part of a bench that runs in a page of the extension, as one script. */
import { join } from 'node:path';
import { build } from 'vite';

/** The script of `bench/<file>.ts`; what it exports is there under `name`. */
export async function pageScript(file: string, name: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: join(import.meta.dirname, `${file}.ts`), formats: ['iife'], name },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((bundle) =>
    'output' in bundle ? bundle.output : [],
  );
  const code = outputs.find((output) => output.type === 'chunk')?.code;
  if (code === undefined) throw new Error(`bench/${file}.ts was not built.`);
  return `${code}; globalThis.${name} = ${name}; undefined`;
}
