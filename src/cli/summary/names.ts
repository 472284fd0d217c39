import { clipped } from '../../engine/text/visible';

const LONGEST = 100;

/**
 * What files are called for short: without `.json`, and without what the paths begin and end with alike, so that `ci/shop/imds.json` and
 * `ci/billing/imds.json` are `shop` and `billing`.
 */
export function namesOf(files: readonly string[]): string[] {
  const paths = files.map(file => file.replace(/(?<=[^/])\.json$/i, '').split('/'));
  const room = paths.reduce((least, each) => Math.min(least, each.length), paths[0]?.length ?? 0) - 1; // something is left of each
  const first = alike(paths, room);
  const last = alike(paths.map(each => [...each].reverse()), room - first);
  return paths.map(each => each.slice(first, each.length - last).join('/'));
}

function alike(paths: readonly (readonly string[])[], most: number): number {
  let count = 0;
  while (count < most && paths.every(each => each[count] === paths[0][count])) { count++; }
  return count;
}

/** Where two reports call themselves the same, their files tell them apart. */
export function named<T extends { readonly name?: string; readonly file: string }>(reports: readonly T[]): (T & { readonly name: string })[] {
  const short = namesOf(reports.map(({ file }) => file));
  const times = new Map<string, number>();
  for (const { name } of reports) {
    if (name !== undefined) { times.set(name, (times.get(name) ?? 0) + 1); }
  }
  return reports.map((each, i) => {
    const own = each.name === undefined ? short[i] : times.get(each.name) === 1 ? each.name : `${each.name} (${short[i]})`;
    return { ...each, name: clipped(own, LONGEST) };
  });
}
