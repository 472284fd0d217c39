/** The text that base64 stands for; empty where it stands for no text. */
export function plainOf(base64: string): string {
  const plain = Buffer.from(base64, 'base64').toString('utf8');
  // eslint-disable-next-line no-control-regex
  return /[\u0000-\u0008\u000e-\u001a\ufffd]/.test(plain) ? '' : plain;
}
