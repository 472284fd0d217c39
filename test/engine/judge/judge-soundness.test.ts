import fc from 'fast-check';
import { JsonObject } from '../../../src/engine/json/json';
import { judge } from '../../../src/engine/judge/judge';
import { Settings } from '../../../src/engine/surfaces/settings';
import { answersVersion1, Deployment, DEPLOYMENTS, mayExceed, optionsOf } from '../../support/deployment';
import { linkedResources, SECTIONS } from '../../support/launch-resources';
import { TEMPLATE, verdictsIn } from '../../support/verdicts';

const MAX = 2;

/** Everything but launch templates, which launch nothing themselves. */
function compliantIn(resources: JsonObject, settings: Settings): string[] {
  return Object.entries(verdictsIn(judge({ ...SECTIONS, Resources: resources }, () => settings)))
    .filter(([logicalId, verdict]) => verdict === 'compliant' && (resources[logicalId] as JsonObject).Type !== TEMPLATE)
    .map(([logicalId]) => logicalId);
}

/** The first deployment with such instances. */
function deploymentWhere(resources: JsonObject, logicalId: string, holds: (options: JsonObject) => boolean): Deployment | undefined {
  return DEPLOYMENTS.find(each => optionsOf(resources, logicalId, each).some(holds));
}

test('what is compliant answers version 1 in no deployment', () => {
  fc.assert(fc.property(linkedResources(), resources => {
    const counterexamples = compliantIn(resources, {}).map(logicalId => [logicalId, deploymentWhere(resources, logicalId, answersVersion1)]);

    expect(counterexamples.filter(([, deployment]) => deployment)).toEqual([]);
  }), { numRuns: 400 });
});

test('what is compliant under a maximum exceeds it in no deployment', () => {
  fc.assert(fc.property(linkedResources(), resources => {
    const counterexamples = compliantIn(resources, { maxHttpPutResponseHopLimit: MAX })
      .map(logicalId => [logicalId, deploymentWhere(resources, logicalId, options => mayExceed(options, MAX))]);

    expect(counterexamples.filter(([, deployment]) => deployment)).toEqual([]);
  }), { numRuns: 400 });
});

test('a lone instance is a violation only if it answers version 1 in some deployment', () => {
  const lone = linkedResources().filter(({ I: instance }) => (instance as JsonObject | undefined)?.Type === 'AWS::EC2::Instance').map(({ I }) => ({ I }))
    .filter(({ I }) => !/"Ref":"[TU]"/.test(JSON.stringify(I))); // without its template it cannot be made
  fc.assert(fc.property(lone, resources => {
    const { findings } = judge({ ...SECTIONS, Resources: resources });
    const isWeak = findings.some(({ rule }) => rule === 'imdsv1-allowed' || rule === 'imdsv2-not-required');

    expect(!isWeak || deploymentWhere(resources, 'I', answersVersion1) !== undefined).toBe(true);
  }), { numRuns: 300 });
});
