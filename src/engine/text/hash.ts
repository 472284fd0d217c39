/* eslint-disable no-bitwise -- it is a hash */

const UTF8 = new TextEncoder();

/**
 * FNV-1a, 64 bits, in hexadecimal digits: short to write down and with published results to test against. It guards against chance,
 * not against somebody who may edit the baseline anyway.
 *
 * The prime is 2^40 + 435, so in parts of 16 bits nothing gets larger than 32.
 *
 * @see https://datatracker.ietf.org/doc/draft-eastlake-fnv/
 */
export function hash(text: string): string {
  let [a, b, c, d] = [0x2325, 0x8422, 0x9ce4, 0xcbf2]; // the lowest part first
  for (const byte of UTF8.encode(text)) {
    a ^= byte;
    const first = a * 435;
    const second = b * 435 + (first >>> 16);
    const third = c * 435 + (a << 8) + (second >>> 16);
    const fourth = d * 435 + (b << 8) + (third >>> 16);
    a = first & 0xffff;
    b = second & 0xffff;
    c = third & 0xffff;
    d = fourth & 0xffff;
  }
  return [d, c, b, a].map(part => part.toString(16).padStart(4, '0')).join('');
}
