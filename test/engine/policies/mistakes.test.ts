import { MISTAKES, part } from './mistakes';
import { launches, modifications, roleIn } from './requests';
import { answerTo, documentFor, documentOf, MODES } from './simulation';
import { ImdsPolicies, ImdsPolicyStatement } from '../../../src';

describe.each(MODES)('as %s', mode => {
  test.each(Object.entries(MISTAKES))('%s; ours does not', async (_name, { statement, partition = 'aws', wrongly, request }) => {
    const asked = request(partition);
    const ours = new ImdsPolicies({ includeStatements: OTHER_THAN_BLUNT }).statements().map(each => each.toJSON());
    const developer = roleIn(partition, 'developer');

    expect(await answerTo(asked, developer, [documentFor(mode, [statement])], mode)).toBe(wrongly);
    expect(await answerTo(asked, developer, [documentFor(mode, ours)], mode)).toBe(wrongly === 'denied' ? 'allowed' : 'denied');
  });

});

test('denials without any Allow deny everything in a boundary', async () => {
  const document = documentOf(new ImdsPolicies().statements().map(each => each.toJSON()));

  expect(await answerTo(part('subnet')('aws'), roleIn('aws', 'developer'), [document], 'permission boundary')).toBe('not allowed');
});

/** All but what denies without a look at IMDS settings, which would hide the others. */
const OTHER_THAN_BLUNT = Object.values(ImdsPolicyStatement).filter(each => each !== ImdsPolicyStatement.ENDPOINT_DISABLED);

test('every request that the mistakes are shown with exists', () => {
  expect(Object.entries(MISTAKES).filter(([, { request }]) => request('aws') === undefined)).toEqual([]);
  expect([launches('aws').length, modifications('aws').length]).toEqual([36, 96]);
});
