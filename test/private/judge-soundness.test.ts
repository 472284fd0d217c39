import fc from 'fast-check';
import { answersVersion1, DEPLOYMENTS } from './deployment';
import { linkedResources, SECTIONS } from './launch-resources';
import { TEMPLATE, verdictsIn } from './verdicts';
import { judge } from '../../src/private/judge';
import { JsonObject } from '../../src/private/json';

const typeOf = (resources: JsonObject, logicalId: string): unknown => (resources[logicalId] as JsonObject).Type;

test('what is compliant answers version 1 in no deployment', () => {
  fc.assert(fc.property(linkedResources(), resources => {
    const compliant = Object.entries(verdictsIn(judge({ ...SECTIONS, Resources: resources })))
      .filter(([logicalId, verdict]) => verdict === 'compliant' && typeOf(resources, logicalId) !== TEMPLATE);

    for (const [logicalId] of compliant) {
      expect([logicalId, DEPLOYMENTS.find(each => answersVersion1(resources, logicalId, each))]).toEqual([logicalId, undefined]);
    }
  }), { numRuns: 2_000 });
});

test('a lone instance is a violation only if it answers version 1, or cannot be made, in some deployment', () => {
  const lone = linkedResources().filter(({ I: instance }) => (instance as JsonObject | undefined)?.Type === 'AWS::EC2::Instance').map(({ I }) => ({ I }))
    .filter(({ I }) => !/"Ref":"[TU]"/.test(JSON.stringify(I))); // without its template it cannot be made
  fc.assert(fc.property(lone, resources => {
    const { findings } = judge({ ...SECTIONS, Resources: resources });
    const isWeak = findings.some(({ rule }) => rule === 'imdsv1-allowed' || rule === 'imdsv2-not-required');

    expect(!isWeak || DEPLOYMENTS.some(each => answersVersion1(resources, 'I', each))).toBe(true);
  }), { numRuns: 1_000 });
});
