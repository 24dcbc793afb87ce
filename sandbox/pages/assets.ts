import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type { PageAnswer } from './answer.ts';
import { poster } from '../client/html.ts';

const client = new URL('../client/', import.meta.url);

function asset(type: string, body: string): PageAnswer {
  return { kind: 'asset', status: 200, type, body, headers: { 'access-control-allow-origin': '*' } };
}

/** A picture drawn from the address, in place of every remote image. */
export function picture(path: string): PageAnswer {
  const drawing = poster(path, 'picture').replace(
    '<svg ',
    '<svg xmlns="http://www.w3.org/2000/svg" width="576" height="1024" ',
  );
  return asset('image/svg+xml', drawing);
}

/** The scripts and styles of the pages. Scripts are TypeScript; their types are taken off here. */
export function clientFile(path: string): PageAnswer | null {
  if (path.startsWith('/sandbox/image/')) return picture(path);
  const name = /^\/sandbox\/client\/([a-z-]+\.(?:ts|css))$/.exec(path)?.[1];
  if (name === undefined) return null;
  let text: string;
  try {
    text = readFileSync(new URL(name, client), 'utf8');
  } catch {
    return null;
  }
  return name.endsWith('.css')
    ? asset('text/css; charset=utf-8', text)
    : asset('text/javascript; charset=utf-8', stripTypeScriptTypes(text));
}
