import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** The pages that people read, by their path from the root: the README, those of docs/, those that GitHub knows by name and the light package's. */
export const PAGES: ReadonlyMap<string, string> = new Map([
  'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'light/README.md',
  ...readdirSync(join(ROOT, 'docs')).filter(name => name.endsWith('.md')).sort().map(name => `docs/${name}`),
].map(name => [name, readFileSync(join(ROOT, name), 'utf8')]));

export function page(name: string): string {
  const text = PAGES.get(name);
  if (text === undefined) { throw new Error(`there is no page ${name}`); }
  return text;
}

export interface Block {
  readonly language: string;
  readonly info: string;
  readonly text: string;
  readonly line: number;
}

/** The fenced blocks of a page, which open and close at the margin. */
export function blocksOf(text: string): Block[] {
  return [...text.matchAll(/^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm)]
    .map(({ 1: language, 2: info, 3: block, index }) => ({ language, info: info.trim(), text: block, line: text.slice(0, index).split('\n').length + 1 }));
}

/** What of a page is prose: no fenced blocks and no code in a line. */
export function proseOf(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, code => code.replace(/[[\]()]/g, ' '));
}
