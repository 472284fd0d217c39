/** Digits are a number; what else is given is reported as it is. */
export function number(value: string): number | string {
  return /^\d+$/.test(value) ? Number(value) : value;
}

/** An option that takes one value and may come again: one that takes several would swallow the paths after it. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
