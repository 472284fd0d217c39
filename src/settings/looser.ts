/** Which way a value goes that lets less pass: a lower number, `true` or `false`, fewer or more of them, or what is later in a list. */
export type Tighter = 'lower' | 'true' | 'false' | 'fewer' | 'more' | 'excludes less' | readonly string[];

/** Whether a value lets more pass than another does; `undefined` is an option that nobody set. */
export function isLooser(tighter: Tighter | undefined, value: unknown, than: unknown): boolean {
  switch (tighter) {
    case undefined: return false;
    case 'lower': return (value as number) > ((than as number | undefined) ?? Infinity);
    case 'true': return value === false && than === true;
    case 'false': return value === true && than === false;
    case 'more': return elementsOf(than).some(each => !elementsOf(value).includes(each));
    case 'excludes less': return elementsOf(value).some(each => !takesBack(each) && !elementsOf(than).includes(each))
      || (elementsOf(value).length > 0 && elementsOf(than).some(each => takesBack(each) && !elementsOf(value).includes(each)));
    case 'fewer': return elementsOf(value).some(each => !elementsOf(than).includes(each));
    default: return tighter.indexOf(value as string) < tighter.indexOf(than as string);
  }
}

/** A value as one text; of reasons, what they are for. */
export function shownValue(value: unknown): string {
  return elementsOf(value).join(', ') || 'nothing';
}

function takesBack(pattern: string): boolean {
  return pattern.startsWith('!');
}

function elementsOf(value: unknown): string[] {
  if (value instanceof Map) { return [...value.keys()] as string[]; }
  if (Array.isArray(value)) { return value.map(String); }
  return value === undefined ? [] : [String(value)];
}
