import { Label, labels, resourcesIn } from '../../compare/labels';

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

test('a finding counts for nothing but what refers to it', () => {
  const strangers = labels().flatMap(({ file, resource, causes }) => causes
    .filter(cause => ![resource, ...causes].some(each => each !== cause && referencesOf(file, each).includes(cause)))
    .map(cause => `${file} ${resource}: ${cause}`));
  expect(strangers).toEqual([]);
});

function referencesOf(file: string, resource: string): string[] {
  return JSON.stringify(resourcesIn(file)[resource]).match(/\w+/g)!;
}

function verdictsIn(file: string): Record<string, string> {
  return Object.fromEntries(Object.entries(resourcesIn(file)).map(([id, { Metadata }]) => [id, Metadata?.Verdict ?? '']));
}
