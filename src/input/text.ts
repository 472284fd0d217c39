/** A place in a text, from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * The text of a file: UTF-8, or UTF-16 where a byte order mark says so. The mark is left out.
 *
 * What is not text keeps its NUL characters, by which it is recognized.
 */
export function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) { return bytes.toString('utf16le', 2); }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) { return Buffer.from(bytes.subarray(2, bytes.length - bytes.length % 2)).swap16().toString('utf16le'); }
  return bytes.toString('utf8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
}

/** Why bytes are no text that can be read; undefined where they are. */
export function unlikeText(bytes: Buffer): string | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) { return 'compressed with gzip; unpack it first'; }
  if (!bytes.includes(0) || !decode(bytes).includes('\0')) { return undefined; } // decoding takes long, and hardly any text needs it here
  return bytes.length % 2 === 0 && (bytes[0] === 0) !== (bytes[1] === 0)
    ? 'UTF-16 without a byte order mark; save it as UTF-8' : 'not text; name a template in JSON or YAML';
}

/** The place of an offset. One behind the last character is the last character. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, Math.max(0, Math.min(offset, text.trimEnd().length - 1)));
  const lines = before.split(/\r\n|\r|\n/);
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}
