import { LINE_COMMAND, visible } from '../../engine/text/visible';

export interface Element {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string | number | undefined };
  readonly children?: readonly (Element | string)[];
}

/** Elements as XML 1.0; text is on lines of its own, so that it reads well in the file too. */
export function xml(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, '').join('\n')}\n`;
}

function lines({ name, attributes, children = [] }: Element, indent: string): string[] {
  const written = Object.entries(attributes).flatMap(([key, value]) => value === undefined ? [] : [` ${key}="${escaped(String(value))}"`]);
  const start = `${indent}<${name}${written.join('')}`;
  if (children.length === 0) { return [`${start}/>`]; }
  if (children.every(each => typeof each === 'string')) { return [`${start}>${children.map(textOf).join('\n')}</${name}>`]; }
  const inside = children.flatMap(each => typeof each === 'string' ? [textOf(each)] : lines(each, `${indent}  `));
  return [`${start}>`, ...inside, `${indent}</${name}>`];
}

/** Lines stay lines; other characters that XML 1.0 forbids even as references are shown as escapes. */
function textOf(value: string): string {
  return value.split('\n').map(line => escaped(line).replace(LINE_COMMAND, '$1&#58;')).join('\n');
}

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(value: string): string {
  return visible(value).replace(/[&<>"]/g, character => ENTITIES[character]);
}
