/** How many of a number of things, the first of which satisfy a condition and the rest do not, satisfy it. */
export function countWhile(length: number, isFulfilled: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isFulfilled(middle)) { low = middle + 1; } else { high = middle; }
  }
  return low;
}
