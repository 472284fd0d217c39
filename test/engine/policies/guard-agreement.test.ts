/* eslint-disable @stylistic/max-len */ // a case a line
import fc from 'fast-check';
import { judge } from '../../../src/engine/judge/judge';
import { GUARDED_TYPES } from '../../../src/engine/policies/guard-limits';
import { guardRules } from '../../../src/engine/policies/guard-rules';
import { LAUNCH_SURFACES } from '../../../src/engine/surfaces/surfaces';
import { failuresIn, testWithGuard } from '../../support/cfn-guard';
import { propertiesOf } from '../../support/launch-resources';
import { linesOf, verdictsIn } from '../../support/verdicts';

const COUNT = 100;
const MAX = { maxHttpPutResponseHopLimit: 3 };
const SURFACES = LAUNCH_SURFACES.filter(({ type, container }) => GUARDED_TYPES.includes(type) && container).map(row => [row.type, row] as const);

/** Whether the fault may be inside something that Guard does not follow: a function, JSON kept as text, an endpoint that a parameter decides. */
function isHidden(properties: object): boolean {
  return /"Fn::|\{\\"|"HttpEndpoint":("\{|\{)/.test(JSON.stringify(properties));
}

/** Nobody evaluates it there; the check does not count on that. */
function hasFunctionInText(properties: object): boolean {
  return /\\"(Fn::|Ref)/.test(JSON.stringify(properties));
}

testWithGuard.each(SURFACES)('whatever a resource of type %s looks like, Guard fails it only where the check does, and misses nothing in plain sight', (type, surface) => {
  fc.assert(fc.property(fc.array(propertiesOf(surface), { minLength: COUNT, maxLength: COUNT }), samples => {
    const template = { Resources: Object.fromEntries(samples.map((properties, i) => [`R${i}`, { Type: type, Properties: properties }])) };
    const judgement = judge(template, () => MAX);
    const verdicts = verdictsIn(judgement);
    const failures = failuresIn(guardRules(MAX), template);
    const described = (i: number): string => `${JSON.stringify(samples[i])} Guard: ${failures[`R${i}`]} check: ${linesOf(judgement).filter(line => line.startsWith(`R${i} `))}`;
    const alarms = samples.flatMap((properties, i) => failures[`R${i}`] && verdicts[`R${i}`] !== 'violation' && !hasFunctionInText(properties) ? [described(i)] : []);
    const missed = samples.flatMap((properties, i) => !failures[`R${i}`] && verdicts[`R${i}`] === 'violation' && !isHidden(properties) ? [described(i)] : []);
    expect({ alarms: alarms.slice(0, 8), missed: missed.slice(0, 8) }).toEqual({ alarms: [], missed: [] });
  }), { numRuns: 3, endOnFailure: true });
});
