import { plainOf } from './base64';

/** What a line of cloud-config is in: a list of commands, a list of files, or anything else. */
type Section = 'commands' | 'files' | undefined;

const SECTIONS: Readonly<Record<string, Section>> = { bootcmd: 'commands', runcmd: 'commands', write_files: 'files' };

/** A command whose words are a list of their own, on one line each. */
interface Listed {
  /** Where its first word is. */
  readonly line: number;

  /** The column of the list around it, and that of its words once one is met. */
  readonly around: number;
  column?: number;
  readonly words: { readonly line: number; readonly text: string }[];
}

/**
 * A script with each command of cloud-config on one line that stands there as a list with a line for each word. The other lines of the
 * list are empty, so that all lines keep their numbers. What is for a shell (`sh -c`) stays where it is.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#runcmd
 */
export function withCommandsOnOneLine(script: string): string {
  if (!isCloudConfig(script) || !/^[ \t]*-[ \t]*(?:$|-[ \t])/m.test(script)) { return script; }
  const lines = script.split('\n');
  let open: Listed | undefined;
  const close = (): void => {
    if (open) { joinInto(lines, open); }
    open = undefined;
  };
  sectionsOf(lines).forEach((section, i) => {
    if (section !== 'commands') { return close(); }
    const [, before, between, inner] = /^([ \t]*)-([ \t]+)-[ \t]+(.*)$/.exec(lines[i]) ?? [];
    if (inner !== undefined) {
      close();
      open = { line: i, around: before.length, column: before.length + 1 + between.length, words: [{ line: i, text: inner }] };
      return;
    }
    const [, indent, word] = /^([ \t]*)-(?:[ \t]+(.*))?$/.exec(lines[i]) ?? [];
    if (indent === undefined) { return; } // the text of a word, a comment
    const isWord = open !== undefined && (open.column ?? Math.max(indent.length, open.around + 1)) === indent.length;
    if (isWord && word) {
      open!.column = indent.length;
      open!.words.push({ line: i, text: word });
    } else {
      close();
      if (!word) { open = { line: i, around: indent.length, words: [] }; }
    }
  });
  close();
  return lines.join('\n');
}

function joinInto(lines: string[], { line, around, words }: Listed): void {
  const texts = words.map(({ text }) => scalar(text));
  const isShell = /(?:^|\/)(?:ba|da|z|k)?sh$/.test(texts[0] ?? '');
  const script = isShell ? texts.findIndex(text => /^-\w*c$/.test(text)) + 1 : 0;
  const command = texts.map(text => /^[\w./:=@%+,$!-]+$/.test(text) ? text : `'${text.replace(/'/g, '"')}'`).join(' ');
  words.forEach(({ line: at }, i) => {
    if (script === 0 || i !== script) { lines[at] = ''; }
  });
  if (script === 0) { lines[line] = `${' '.repeat(around)}- ${command}`; }
}

/** A file that a script writes. */
export interface WrittenFile {
  readonly path: string;
  readonly text: string;

  /** Kept in base64, so that nothing of it is seen in the script. */
  readonly isEncoded: boolean;
}

/**
 * The files of `write_files`. What is compressed cannot be read.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#write-files
 */
export function configuredFiles(script: string): WrittenFile[] {
  if (!isCloudConfig(script)) { return []; }
  const lines = script.split('\n');
  const items: string[][] = [];
  let column: number | undefined;
  sectionsOf(lines).forEach((section, i) => {
    if (section !== 'files') {
      column = undefined;
      return;
    }
    const indent = /^([ \t]*)-(?:[ \t]|$)/.exec(lines[i])?.[1].length;
    column ??= indent;
    if (indent !== undefined && indent === column) { items.push([lines[i]]); } else { items[items.length - 1]?.push(lines[i]); }
  });
  return items.map(fileIn);
}

function fileIn(lines: readonly string[]): WrittenFile {
  const [path = '', encoding = '', content = ''] = ['path', 'encoding', 'content'].map(key => valueOf(key, lines));
  const isEncoded = /^(?:b64|base64)$/.test(encoding) || content.startsWith('!!binary');
  return { path, text: isEncoded ? plainOf(content.replace(/^!!binary\s*(?:[|>]\S*)?/, '')) : content, isEncoded };
}

/** The value of a key, on its line or, deeper than the key, on those below it. */
function valueOf(key: string, lines: readonly string[]): string | undefined {
  const pattern = new RegExp(`(?:^|[\\s{,])${key}:(?:[ \\t]+(.*))?$`);
  const at = lines.findIndex(line => pattern.test(line));
  if (at < 0) { return undefined; }
  const here = pattern.exec(lines[at])![1]?.trim() ?? '';
  const inBraces = /^[\s-]*\{/.test(lines[at]) ? here.replace(/[,}].*$/, '') : here;
  if (!/^(?:!!binary[ \t]*)?(?:[|>][-+\d]*)?$/.test(inBraces)) { return scalar(inBraces); }
  const column = lines[at].indexOf(`${key}:`);
  const below = lines.slice(at + 1);
  const end = below.findIndex(line => line.trim() !== '' && line.search(/\S/) <= column);
  return [inBraces.replace(/[|>][-+\d]*$/, ''), ...end < 0 ? below : below.slice(0, end)].join('\n').replace(/^\n/, '');
}

/** Without quotes, or a comment behind it. */
function scalar(text: string): string {
  const [, double, single] = /^\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')/.exec(text) ?? [];
  return double?.replace(/\\(["\\])/g, '$1') ?? single?.replace(/''/g, "'") ?? text.replace(/\s+#.*$/, '').trim();
}

function isCloudConfig(script: string): boolean {
  return /^#cloud-config\b/m.test(script);
}

/** The section that each line is in. Another key ends it, and so does the border of a part of several. */
function sectionsOf(lines: readonly string[]): Section[] {
  let section: Section;
  return lines.map(line => {
    if (/^(?:[^\s#-]|-[^\s])/.test(line)) { section = SECTIONS[/^["']?(\w+)["']?:/.exec(line)?.[1] ?? '']; return undefined; }
    return section;
  });
}
