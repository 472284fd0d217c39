import { readFileSync } from 'fs';
import { join } from 'path';
import { load } from 'js-yaml';
import { parseYaml } from '../src/input/parse-yaml';
import { isFault } from '../src/input/parsed';

export type Truth = 'allows-v1' | 'requires-v2' | 'undecidable';

/** What is true of one resource of a fixture. */
export interface Label {
  /** The fixture, without its ending. */
  readonly file: string;
  readonly resource: string;
  readonly type: string;
  readonly truth: Truth;
  readonly reason: string;
  /** Resources whose finding counts for this one as well. */
  readonly causes: readonly string[];
}

type Group = Pick<Label, 'truth' | 'reason'> & { readonly of: readonly string[]; readonly causes?: readonly string[] };

export function labels(): Label[] {
  const files = load(readFileSync(join(__dirname, 'labels.yaml'), 'utf8')) as Record<string, Group[]>;
  return Object.entries(files).flatMap(([file, groups]) => {
    const resources = resourcesIn(file);
    return groups.flatMap(({ truth, reason, of, causes = [] }) => of.map(resource => ({ file, resource, type: resources[resource]?.Type ?? '', truth, reason, causes })));
  });
}

export function fixture(file: string): string {
  return join(__dirname, '..', 'test', 'fixtures', `${file}.yaml`);
}

/** Of a fixture. */
export function resourcesIn(file: string): Readonly<Record<string, { readonly Type: string; readonly Metadata?: { readonly Verdict: string } }>> {
  const parsed = parseYaml(readFileSync(fixture(file), 'utf8'));
  if (isFault(parsed)) { throw new Error(`${file}: ${parsed.message}`); }
  return (parsed.value as { readonly Resources: ReturnType<typeof resourcesIn> }).Resources;
}
