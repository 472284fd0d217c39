import { isDeepStrictEqual } from 'util';

type Values = { readonly [key: string]: unknown };

/**
 * A text of YAML with an edit in it, if it then says what it said before and the new part, and nothing else; otherwise undefined.
 *
 * Editing the text keeps comments and layout; reading the result shows that the edit landed where it was meant to.
 */
export function edited(text: string, edit: (text: string) => string, meant: (before: Values) => Values | undefined): string | undefined {
  const before = values(text);
  const expected = before && meant(before);
  if (!expected) { return undefined; }
  const after = edit(text);
  return isDeepStrictEqual(values(after), expected) ? after : undefined;
}

export function appended(text: string, block: string): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return `${text.trimEnd()}${end}${block.replaceAll('\n', end)}`;
}

/** The map that a text of YAML holds; undefined for everything else. Tags of the service, such as `!reference`, stand for themselves. */
export function values(text: string): Values | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const yaml = require('js-yaml') as typeof import('js-yaml');
  const tags = (['scalar', 'sequence', 'mapping'] as const).map(kind => new yaml.Type('!', {
    kind, multi: true, construct: (data: unknown, tag?: string) => ({ tag, data }),
  }));
  try {
    const read = yaml.load(text, { schema: yaml.DEFAULT_SCHEMA.extend(tags) });
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? read as Values : undefined;
  } catch {
    return undefined;
  }
}
