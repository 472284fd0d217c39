/** No template nests this deep. Deeper ones are refused, and nothing deeper is compared, shown or searched, so that no recursion overflows. */
export const MAX_DEPTH = 200;

/** Whether a value nests no deeper than people write. */
export function isShallow(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) { return true; }
  return depth < MAX_DEPTH && Object.values(value).every(each => isShallow(each, depth + 1));
}
