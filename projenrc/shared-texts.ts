import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadPage, parseFacts, parseSection } from './rule-page-file';

/** What several pages say: words for `{{name}}` in a page, and whole files for `shared: FILE` in place of code. */
export class SharedTexts {
  private readonly folder: string;
  private readonly words: { readonly [name: string]: string };

  constructor(rules: string) {
    this.folder = join(rules, 'shared');
    const file = join(this.folder, 'words.yaml');
    this.words = parseFacts(file, read(file));
  }

  /** A page with the words in it. */
  public inPage(file: string, text: string): string {
    return filled(file, text, this.words);
  }

  public word(name: string): string {
    return filled(join(this.folder, 'words.yaml'), `{{${name}}}`, this.words);
  }

  /** Code as it is, or the shared code that it names, filled in with the facts beside the name. */
  public code(file: string, text: string): string {
    if (!text.startsWith('shared:')) { return text.trimEnd(); }
    const { shared, ...facts } = parseFacts(file, text);
    const path = join(this.folder, shared);
    if (!existsSync(path)) { throw new BadPage(file, `there is no ${path}`); }
    return filled(file, contents(path), facts);
  }
}

/** A template, or the block of code in a Markdown file: as `.ts` it would be compiled with the library. */
function contents(path: string): string {
  const text = read(path);
  if (!path.endsWith('.md')) { return text.trimEnd(); }
  const { code } = parseSection(path, 'it', text);
  if (code === undefined) { throw new BadPage(path, 'it ends with one block of code'); }
  return code.text;
}

/** A text of several lines stands as deep as its name did. Names are lower case, so that they are no dynamic references of CloudFormation. */
function filled(file: string, text: string, facts: { readonly [name: string]: string }): string {
  return text.replace(/^( *).*$/gm, (line, indent: string) => line.replace(/\{\{([a-z][a-z-]*)\}\}/g, (_, name: string) => {
    if (!(name in facts)) { throw new BadPage(file, `nothing is known for {{${name}}}`); }
    return facts[name].trimEnd().split('\n').join(`\n${indent}`);
  }));
}

function read(path: string): string {
  if (!existsSync(path)) { throw new BadPage(path, 'it is missing'); }
  return readFileSync(path, 'utf8');
}
