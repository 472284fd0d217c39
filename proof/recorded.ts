import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

/** How many groups the records of the guard in an assembly say are renewed, by their own update policy or by their service. */
export function recordedRolls(assembly: string): number {
  const records = readdirSync(assembly, { recursive: true, encoding: 'utf8' }).filter(file => /(^|[\\/])imds-guard\.json$/.test(file));
  const decisions = records.flatMap(file => stacksIn(readFileSync(join(assembly, file), 'utf8'))).flatMap(({ decisions: made }) => made);
  return new Set(decisions.flatMap(({ rolls }) => rolls ?? [])).size;
}

function stacksIn(record: string): readonly { readonly decisions: readonly { readonly rolls?: readonly string[] }[] }[] {
  return JSON.parse(record).stacks ?? [];
}
