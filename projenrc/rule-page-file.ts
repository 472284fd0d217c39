import { FAILSAFE_SCHEMA, load, YAMLException } from 'js-yaml';

/** What people can mend in `rules/`, as one line. */
export class BadPage extends Error {
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
  }
}

/** A page as it is in its file, with its sections by their headings. */
export interface PageFile {
  readonly facts: { readonly [name: string]: string };
  readonly title: string;
  readonly sections: ReadonlyMap<string, Section>;
}

export interface Section {
  readonly words: string;
  readonly code?: Fence;
}

interface Fence {
  readonly language: string;
  readonly text: string;
}

/** Reads front matter, a title, and sections of one paragraph each, which code can follow. */
export function parsePage(file: string, text: string): PageFile {
  const [, front, title, body] = /^---\n(.*?)\n---\n+# ([^\n]+)\n(.*)$/s.exec(text) ?? [];
  if (body === undefined) { throw new BadPage(file, 'a page begins with front matter between two lines of --- and "# " with its title'); }
  const sections = new Map<string, Section>();
  for (const { heading, lines } of split(body)) {
    if (heading === undefined) {
      if (lines.some(line => line.trim() !== '')) { throw new BadPage(file, 'there are words between the title and the first "## "'); }
      continue;
    }
    if (sections.has(heading)) { throw new BadPage(file, `there are two sections "## ${heading}"`); }
    sections.set(heading, parseSection(file, `"## ${heading}"`, lines.join('\n')));
  }
  return { facts: parseFacts(file, front), title: title.trim(), sections };
}

/** A paragraph, as one line, and the block of code after it. */
export function parseSection(file: string, name: string, text: string): Section {
  const start = text.search(/^```/m);
  const words = (start < 0 ? text : text.slice(0, start)).trim();
  if (/\n\s*\n/.test(words)) { throw new BadPage(file, `${name} is one paragraph`); }
  return { words: words.replace(/\s+/g, ' '), code: start < 0 ? undefined : parseFence(file, name, text.slice(start).trim()) };
}

function parseFence(file: string, name: string, text: string): Fence {
  const [, language, code] = /^```(\w+)\n(.*)\n```$/s.exec(text) ?? [];
  if (code === undefined || /^```/m.test(code)) { throw new BadPage(file, `${name} ends with one block of code between two lines of three backticks`); }
  return { language, text: code };
}

/** Names and texts in YAML; nothing in it becomes a date or a number. */
export function parseFacts(file: string, text: string): { readonly [name: string]: string } {
  const facts = loaded(file, text);
  const isFlat = typeof facts === 'object' && facts !== null && !Array.isArray(facts) && Object.values(facts).every(value => typeof value === 'string');
  if (!isFlat) { throw new BadPage(file, 'expected lines of "name: text"'); }
  return facts as { [name: string]: string };
}

function loaded(file: string, text: string): unknown {
  try {
    return load(text, { schema: FAILSAFE_SCHEMA });
  } catch (error) {
    throw error instanceof YAMLException ? new BadPage(file, error.reason) : error;
  }
}

function split(body: string): { readonly heading?: string; readonly lines: string[] }[] {
  const parts: { heading?: string; lines: string[] }[] = [{ lines: [] }];
  let isCode = false;
  for (const line of body.split('\n')) {
    if (line.startsWith('```')) { isCode = !isCode; }
    if (!isCode && line.startsWith('## ')) { parts.push({ heading: line.slice(3).trim(), lines: [] }); } else { parts[parts.length - 1].lines.push(line); }
  }
  return parts;
}
