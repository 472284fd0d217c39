/** The header that makes a request one of version 2. */
export const TOKEN_HEADER = /x-aws-ec2-metadata-token(?!-ttl)/i;

/** The request for a token itself: its path, its header, its method. */
export const TOKEN_REQUEST = /api\/token|x-aws-ec2-metadata-token-ttl-seconds|\bPUT\b|-XPUT\b|\.put\(/i;

/** The names that a text refers to with `$`, `%` or braces, inside and outside of quotes. */
export function namesIn(text: string): string[] {
  if (!/[$%@{]/.test(text)) { return []; }
  const found = text.matchAll(/[$@#%]?\{\$?(?:env:|script:|global:)?([A-Za-z_]\w{0,80})|[$@](?:env:|script:|global:|local:)?([A-Za-z_]\w{0,80})|%([A-Za-z_]\w{0,80})%/gi);
  return [...found].map(([, braced, plain, percent]) => braced ?? plain ?? percent);
}

/** The words outside of quotes that can be names. */
export function identifiersIn(bare: string): string[] {
  return bare.match(/(?:(?<![\w.])|(?<=\b(?:self|this)\.))[A-Za-z_]\w{0,80}(?!\w)/g) ?? [];
}

/** The names of what is called outside of quotes. */
export function callsIn(bare: string): string[] {
  if (!bare.includes('(')) { return []; }
  return [...bare.matchAll(/([A-Za-z_]\w{0,80})\s?\(/g)].map(([, name]) => name);
}
