/** A script in a document, and the line of the document that each of its lines is on, from 1. */
export interface LinedText {
  readonly text: string;
  readonly lines: readonly number[];
}

interface Line {
  readonly text: string;
  readonly number: number;
}

/** What stands below a key, from its line on. */
interface Value {
  readonly indent: number;
  readonly rest: string;
  readonly below: readonly Line[];
}

const KEY = /^([ \t]*(?:-[ \t]+)*)["']?([\w.$-]{1,60})["']?[ \t]*:(?:[ \t]+(.*)|[ \t]*)$/;
const BLOCK = /^(?:[&!]\S+[ \t]+)?([|>])[-+\d]*[ \t]*(?:#.*)?$/;

/**
 * The scripts below some keys of a document in YAML, each a list of commands or a text. It is read line by line, and not parsed: what stands for
 * a value that is only known later, such as `{{ name }}`, makes most documents no YAML.
 */
export function yamlScripts(document: string, keys: readonly string[]): LinedText[] {
  const lines = document.split(/\r?\n/).map((text, i): Line => ({ text, number: i + 1 }));
  const found: LinedText[] = [];
  for (let i = 0; i < lines.length; i++) {
    const value = valueAt(lines, i);
    const isScript = value && keys.includes(value.key.toLowerCase());
    const isText = value && BLOCK.test(value.rest);
    const body = isScript || isText ? bodyBelow(lines, i + 1, value.indent, isText) : [];
    if (isScript) {
      const script = scriptOf({ ...value, below: body }, lines[i].number);
      if (script.length > 0) { found.push({ text: script.map(({ text }) => text).join('\n'), lines: script.map(({ number }) => number) }); }
    }
    i += body.length; // what is in a text is no key
  }
  return found;
}

function valueAt(lines: readonly Line[], i: number): { readonly key: string; readonly indent: number; readonly rest: string } | undefined {
  const [, before, key, rest = ''] = KEY.exec(lines[i].text.slice(0, 20_000)) ?? [];
  return key === undefined ? undefined : { key, indent: before.length, rest: rest.trim() };
}

/** The lines that belong to a key: deeper ones, and the elements of a list that begins below the key itself. */
function bodyBelow(lines: readonly Line[], from: number, indent: number, isText: boolean | undefined): Line[] {
  let end = from;
  while (end < lines.length) {
    const { text } = lines[end];
    const column = text.search(/\S/);
    const isElement = !isText && column === indent && /^[ \t]*-(?:[ \t]|$)/.test(text);
    if (column >= 0 && column <= indent && !isElement) { break; }
    end++;
  }
  return lines.slice(from, end);
}

function scriptOf({ rest, below }: Value, number: number): Line[] {
  if (rest.startsWith('[')) { return flowList([{ text: rest, number }, ...below]); }
  const bare = rest.replace(/^[&!]\S+[ \t]*/, '').replace(/^#.*$/, '');
  if (bare !== '') { return scalar(rest, number, below); }
  const first = below.find(({ text }) => text.trim() !== '' && !/^\s*#/.test(text));
  const column = first ? first.text.search(/\S/) : -1;
  if (!first || !/^[ \t]*-(?:[ \t]|$)/.test(first.text)) { return []; } // keys of its own
  const elements: Line[][] = [];
  for (const line of below) {
    if (line.text.search(/\S/) === column && /^[ \t]*-(?:[ \t]|$)/.test(line.text)) { elements.push([line]); } else { elements[elements.length - 1]?.push(line); }
  }
  return elements.flatMap(([head, ...more]) => scalar(head.text.slice(column + 1).trim(), head.number, more));
}

/** A text of one line or several, as it is meant. */
function scalar(head: string, number: number, below: readonly Line[]): Line[] {
  const style = BLOCK.exec(head)?.[1];
  if (style === '|') { return outdented(below); }
  if (style === '>') { return folded(outdented(below)); }
  const quote = /^["']/.exec(head)?.[0];
  if (!quote) { return [{ number, text: [head, ...below.map(({ text }) => text.trim())].join(' ').replace(/\s+#.*$/, '').trim() }]; }
  const whole = [head, ...below.map(({ text }) => text.trim())].join(' ');
  return unquoted(whole, quote).split('\n').map(text => ({ text, number }));
}

function unquoted(whole: string, quote: string): string {
  if (quote === "'") { return /^'((?:[^']|'')*)'/.exec(whole)?.[1].replace(/''/g, "'") ?? whole.slice(1); }
  const inner = /^"((?:[^"\\]|\\.)*)"/.exec(whole)?.[1] ?? whole.slice(1);
  return inner.replace(/\\(.)/g, (_, character: string) => ({ n: '\n', t: '\t', r: '' }[character] ?? character));
}

function outdented(lines: readonly Line[]): Line[] {
  const depth = Math.min(...lines.filter(({ text }) => text.trim() !== '').map(({ text }) => text.search(/\S/)));
  return lines.map(({ text, number }) => ({ text: text.slice(depth), number }));
}

/** Lines of the same depth are one. */
function folded(lines: readonly Line[]): Line[] {
  const joined: Line[] = [];
  lines.forEach(({ text, number }, i) => {
    const last = joined[joined.length - 1];
    const isMore = i > 0 && last && [text, lines[i - 1].text].every(each => /^\S/.test(each));
    if (isMore) { joined[joined.length - 1] = { ...last, text: `${last.text} ${text}` }; } else { joined.push({ text, number }); }
  });
  return joined;
}

/** `[one, "two"]`, on one line or several. */
function flowList(lines: readonly Line[]): Line[] {
  const words = /"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s,[\]"'][^,\]]*)/g;
  return lines.flatMap(({ text, number }) => [...text.matchAll(words)].flatMap(([, double, single, plain]) => (
    double === undefined ? single?.replace(/''/g, "'") ?? plain.trim() : unquoted(`"${double}"`, '"')
  ).split('\n').map(each => ({ text: each, number }))));
}
