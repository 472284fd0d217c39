import { readFileSync } from 'fs';
import { fixture, Label, labels } from '../../compare/labels';
import { parseYaml } from '../../src/input/parse-yaml';
import { isFault } from '../../src/input/parsed';

const TRUTHS: Record<string, Label['truth']> = { 'compliant': 'requires-v2', 'violation': 'allows-v1', 'cannot tell': 'undecidable' };

test('enough resources are labelled, each once and with a reason', () => {
  const names = labels().map(({ file, resource }) => `${file} ${resource}`);
  expect(names.length).toBeGreaterThanOrEqual(60);
  expect(names).toEqual([...new Set(names)]);
  expect(labels().filter(({ reason }) => !reason)).toEqual([]);
});

test.each([...new Set(labels().map(({ file }) => file))])('the labels of %s say what the fixture says', file => {
  const verdicts = verdictsIn(file);
  const its = labels().filter(label => label.file === file);
  expect(Object.fromEntries(its.map(({ resource, truth }) => [resource, truth])))
    .toEqual(Object.fromEntries(its.map(({ resource }) => [resource, TRUTHS[verdicts[resource] ?? 'no such resource']])));
  expect(its.flatMap(({ causes }) => causes).filter(cause => verdicts[cause] !== 'violation')).toEqual([]);
});

function verdictsIn(file: string): Record<string, string> {
  const parsed = parseYaml(readFileSync(fixture(file), 'utf8'));
  if (isFault(parsed)) { throw new Error(parsed.message); }
  const { Resources } = parsed.value as { readonly Resources: Record<string, { readonly Metadata?: { readonly Verdict: string } }> };
  return Object.fromEntries(Object.entries(Resources).map(([id, { Metadata }]) => [id, Metadata?.Verdict ?? '']));
}
