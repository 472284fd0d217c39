import { RecordedSettings } from '../../../src/engine/record/guard-record';
import { Guarding, Strength, weakerIn, weakerThan, withoutWeaker } from '../../../src/engine/record/weaker';

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

describe('a record is held against what is asked for', () => {
  const ENFORCED: Guarding = { mode: 'enforce', settings: {} };
  const type = 'AWS::EC2::Instance';

  test.each<[string, Guarding, Guarding, string]>([
    ['observed', ENFORCED, { mode: 'observe', settings: {} }, 'it was observed where enforcing is asked for'],
    ['not guarded', ENFORCED, {}, 'it was observed where enforcing is asked for'],
    ['no limit', having({ httpPutResponseHopLimit: 2 }), ENFORCED, '\'httpPutResponseHopLimit\' was not set where 2 is asked for'],
    ['no maximum', having({ maxHttpPutResponseHopLimit: 2 }), ENFORCED, '\'maxHttpPutResponseHopLimit\' was not set where 2 is asked for'],
    ['a higher maximum', having({ maxHttpPutResponseHopLimit: 2 }), having({ maxHttpPutResponseHopLimit: 3 }), '\'maxHttpPutResponseHopLimit\' was 3 where 2 is asked for'],
    ['the endpoint', having({ httpEndpoint: false }), ENFORCED, 'the endpoint was left on where it is to be switched off'],
    ['a type left out', having({ excludeResourceTypes: [] }), having({ excludeResourceTypes: [type] }), `'excludeResourceTypes' held ${type}`],
    ['a type not attached', having({ attachLaunchTemplate: [type] }), ENFORCED, `'attachLaunchTemplate' lacked ${type}`],
    ['a type not included', having({ includeResourceTypes: [type] }), having({ includeResourceTypes: [] }), `'includeResourceTypes' lacked ${type}`],
  ])('%s is weaker', (_, asked, recorded, what) => {
    expect(weakerThan(asked, recorded)).toEqual([what]);
    expect(weakerThan(asked, asked)).toEqual([]);
  });

  test.each<[string, Guarding, Guarding]>([
    ['what nobody asks for', ENFORCED, having({ maxHttpPutResponseHopLimit: 64, excludeResourceTypes: [type], httpEndpoint: true })],
    ['what is observed where that is asked for', { mode: 'observe' }, { mode: 'observe', settings: {} }],
    ['what is enforced where observing is asked for', { mode: 'observe' }, ENFORCED],
    ['a limit within the maximum that is written everywhere', having({ maxHttpPutResponseHopLimit: 2 }), having({ httpPutResponseHopLimit: 2 })],
    ['more than is asked for', having({ attachLaunchTemplate: [], httpPutResponseHopLimit: 2 }), having({ attachLaunchTemplate: [type], httpPutResponseHopLimit: 1 })],
  ])('%s is not', (_, asked, recorded) => expect(weakerThan(asked, recorded)).toEqual([]));

  function having(settings: RecordedSettings): Guarding {
    return { mode: 'enforce', settings };
  }
});
