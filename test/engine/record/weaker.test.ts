import { Strength, weakerIn, withoutWeaker } from '../../../src/engine/record/weaker';

const NOTHING: Strength = { settings: {} };
const X = new Set(['AWS::EC2::Instance']);

test.each<[string, Strength, Strength]>([
  ['it observes what is enforced', { ...NOTHING, mode: 'observe' }, { ...NOTHING, mode: 'enforce' }],
  ['it takes AWS::EC2::Instance out of \'attachLaunchTemplate\'', { ...NOTHING, attachLaunchTemplate: new Set() }, { ...NOTHING, attachLaunchTemplate: X }],
  ['it takes AWS::EC2::Instance out of \'includeResourceTypes\'', { ...NOTHING, includeResourceTypes: new Set() }, { ...NOTHING, includeResourceTypes: X }],
  ['it excludes AWS::EC2::Instance', { ...NOTHING, excludeResourceTypes: X }, NOTHING],
  ['it raises \'httpPutResponseHopLimit\' from 1 to 2', { settings: { httpPutResponseHopLimit: 2 } }, { settings: { httpPutResponseHopLimit: 1 } }],
  ['it raises \'maxHttpPutResponseHopLimit\' from 1 to 2', { settings: { maxHttpPutResponseHopLimit: 2 } }, { settings: { maxHttpPutResponseHopLimit: 1 } }],
  ['it leaves the endpoint on where it is switched off', { settings: { httpEndpoint: true } }, { settings: { httpEndpoint: false } }],
])('weaker: %s', (what, inner, outer) => {
  const weaker = weakerIn(inner, outer);
  expect(weaker.map(each => each.what)).toEqual([what]);
  expect(weakerIn(outer, inner)).toEqual([]);
  expect(weakerIn(inner, inner)).toEqual([]);
  expect(weakerIn(withoutWeaker(inner, weaker, outer), outer)).toEqual([]);
});

test('what an inner call does not say is left to the scope around it, which is not weaker', () => {
  const settings = { httpPutResponseHopLimit: 1, maxHttpPutResponseHopLimit: 1, httpEndpoint: false };
  expect(weakerIn(NOTHING, { mode: 'enforce', settings })).toEqual([]);
});

test('only what is weaker gives way to what holds around it', () => {
  const inner: Strength = { mode: 'enforce', settings: { httpPutResponseHopLimit: 2, httpEndpoint: false }, excludeResourceTypes: X };
  const outer: Strength = { mode: 'enforce', settings: { httpPutResponseHopLimit: 1, httpEndpoint: true } };
  expect(withoutWeaker(inner, weakerIn(inner, outer), outer)).toEqual({ mode: 'enforce', settings: { httpPutResponseHopLimit: 1, httpEndpoint: false } });
});
