/** What a report for people says, on one line, so that a test does not depend on where it is broken. */
export function unwrapped(text: string): string {
  return text.replace(/\s+/g, ' ');
}
