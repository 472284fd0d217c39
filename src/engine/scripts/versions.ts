/** The highest version that a text allows: `1.9.3`, or with `isBelow` any under it. */
export interface Highest {
  readonly version: string;
  readonly isBelow: boolean;
}

/** Whether every version that is allowed is older than another one. Where a part is not said, as in `1.12.*`, it may be any. */
export function isOlder({ version, isBelow }: Highest, than: string): boolean {
  const parts = numbersOf(version);
  const others = numbersOf(than);
  for (let i = 0; i < parts.length; i++) {
    if (parts[i] !== (others[i] ?? 0)) { return parts[i] < (others[i] ?? 0); }
  }
  return isBelow;
}

/**
 * What `==1.9.3`, `~=1.9.3`, `<1.10` and lists of them allow at most. `undefined`: any.
 *
 * @see https://packaging.python.org/en/latest/specifications/version-specifiers/
 */
export function highestOf(specifiers: string): Highest | undefined {
  for (const [, operator, version] of specifiers.matchAll(/(===?|~=|~>|<=?|>=?|!=)\s{0,4}(\d[\d.]{0,30})/g)) {
    if (operator.startsWith('=') || operator === '<=') { return { version, isBelow: false }; }
    if (operator === '<') { return { version, isBelow: true }; }
    if (operator.startsWith('~')) { return { version: numbersOf(version).slice(0, -1).join('.'), isBelow: false }; }
  }
  return undefined;
}

function numbersOf(version: string): number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}
