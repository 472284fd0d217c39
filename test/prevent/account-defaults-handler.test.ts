import { FakeEc2, refusal } from './fake-ec2';
import { beforeIn, defaultsFrom, idOf } from '../../src/prevent/account-defaults-handler/defaults';
import { Event, handle } from '../../src/prevent/account-defaults-handler/index';
import { signed } from '../../src/prevent/account-defaults-handler/signature';
import { Timing } from '../../src/prevent/account-defaults-handler/timing';

let ec2: FakeEc2;
let url: string;
const env = { ...process.env };

beforeEach(async () => {
  ec2 = new FakeEc2();
  url = await ec2.start();
  Object.assign(process.env, { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't', AWS_ENDPOINT_URL_EC2: url, AWS_ENDPOINT_URL_SSM: url, OWNER_PARAMETER: '/owner' });
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
});

afterEach(async () => {
  process.env = { ...env };
  jest.restoreAllMocks();
  await ec2.stop();
});

const TIMING: Timing = { firstWait: 5, longestWait: 50, attempt: 200, permission: 200, settle: 300, reserve: 500 };

const WANTED = { HttpTokens: 'required', HttpPutResponseHopLimit: '2' };

/** What CloudFormation is told. */
async function send(type: Event['RequestType'], event: Partial<Event> = {}, seconds = 5): Promise<FakeEc2['answers'][number]> {
  const common = { ResponseURL: url, StackId: 's', RequestId: 'r', LogicalResourceId: 'l', ResourceProperties: { RestoreOnDelete: 'true', Defaults: WANTED } };
  await handle({ RequestType: type, ...common, ...event }, { getRemainingTimeInMillis: () => seconds * 1000 }, TIMING);
  expect(ec2.answers.at(-1)).toMatchObject({ StackId: 's', RequestId: event.RequestId ?? 'r', LogicalResourceId: event.LogicalResourceId ?? 'l' });
  return ec2.answers.at(-1)!;
}

const actions = (): string[] => ec2.calls.map(call => call.get('Action')!.slice(0, 3));

describe('create', () => {
  test('sets what is wanted, and nothing else', async () => {
    ec2.defaults = { httpEndpoint: 'enabled' };
    expect(await send('Create')).toMatchObject({ Status: 'SUCCESS' });
    expect(ec2.defaults).toEqual({ httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: '2' });
    expect(Object.fromEntries(ec2.calls[1])).toEqual({ Action: 'ModifyInstanceMetadataDefaults', Version: '2016-11-15', ...WANTED });
  });

  test('changes nothing where all is as wanted', async () => {
    ec2.defaults = { httpTokens: 'required', httpPutResponseHopLimit: '2' };
    expect(await send('Create')).toMatchObject({ Status: 'SUCCESS' });
    expect(actions()).toEqual(['Get']);
  });

  test('is signed', async () => {
    await send('Create');
    expect(ec2.authorizations).toHaveLength(3);
    expect(ec2.asked).toEqual(['GetParameter', 'PutParameter']);
    for (const each of ec2.authorizations) {
      expect(each).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/ec2\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/);
    }
  });
});

describe('update', () => {
  test('keeps the id, and with it what was there before', async () => {
    ec2.defaults = { httpTokens: 'optional' };
    const { PhysicalResourceId } = await send('Create');
    const properties = { RestoreOnDelete: 'true', Defaults: { ...WANTED, HttpPutResponseHopLimit: '1', HttpTokensEnforced: 'enabled' } };
    expect(await send('Update', { PhysicalResourceId, ResourceProperties: properties })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId });
    expect(ec2.defaults).toEqual({ httpTokens: 'required', httpPutResponseHopLimit: '1', httpTokensEnforced: 'enabled' });
  });

  test('gives up what is no longer wanted', async () => {
    const { PhysicalResourceId } = await send('Create');
    await send('Update', { PhysicalResourceId, ResourceProperties: { Defaults: { HttpTokens: 'required' } } });
    expect(ec2.defaults).toEqual({ httpTokens: 'required' });
  });
});

describe('delete', () => {
  const before = { httpTokens: 'optional', instanceMetadataTags: 'disabled' };

  test('restores what was there before the first create', async () => {
    ec2.defaults = { ...before };
    const { PhysicalResourceId } = await send('Create');
    await send('Update', { PhysicalResourceId, ResourceProperties: { RestoreOnDelete: 'true', Defaults: { ...WANTED, HttpTokensEnforced: 'enabled' } } });
    expect(await send('Delete', { PhysicalResourceId })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId });
    expect(ec2.defaults).toEqual(before);
  });

  test('keeps the defaults where nothing is to be restored, without a call', async () => {
    const { PhysicalResourceId } = await send('Create');
    const calls = ec2.calls.length;
    expect(await send('Delete', { PhysicalResourceId, ResourceProperties: { RestoreOnDelete: 'false' } })).toMatchObject({ Status: 'SUCCESS' });
    expect(ec2.defaults).toEqual({ httpTokens: 'required', httpPutResponseHopLimit: '2' });
    expect(ec2.calls).toHaveLength(calls);
  });

  test('leaves the defaults to a declarative policy that has come', async () => {
    const { PhysicalResourceId } = await send('Create');
    ec2.defaults.managedBy = 'declarative-policy';
    expect(await send('Delete', { PhysicalResourceId })).toMatchObject({ Status: 'SUCCESS' });
    expect(actions().filter(action => action === 'Mod')).toHaveLength(1);
  });

  test('fails where it may not restore', async () => {
    const { PhysicalResourceId } = await send('Create');
    ec2.always = refusal(403, 'UnauthorizedOperation', 'no');
    expect(await send('Delete', { PhysicalResourceId })).toMatchObject({ Status: 'FAILED', Reason: 'GetInstanceMetadataDefaults: UnauthorizedOperation: no' });
  });
});

describe('a declarative policy that owns the defaults', () => {
  test('fails the deployment with its own message, and nothing is changed', async () => {
    ec2.defaults = { managedBy: 'declarative-policy', managedExceptionMessage: 'ask &quot;cloud&quot; &amp; co' };
    const answer = await send('Create');
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/a declarative policy .* owns .*\(it says: ask "cloud" & co\)/) });
    expect(await send('Delete', answer)).toMatchObject({ Status: 'SUCCESS' });
    expect(actions()).toEqual(['Get']);
  });

  test('does not where the account owns them', async () => {
    ec2.defaults = { managedBy: 'account' };
    expect(await send('Create')).toMatchObject({ Status: 'SUCCESS' });
  });
});

describe('a create that fails', () => {
  test('for lack of a right changes nothing, and is deleted without a change', async () => {
    ec2.refusals = [undefined, ...Array<ReturnType<typeof refusal>>(100).fill(refusal(403, 'UnauthorizedOperation', 'You are not authorized'))];
    const answer = await send('Create');
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: 'ModifyInstanceMetadataDefaults: UnauthorizedOperation: You are not authorized' });
    expect(ec2.parameter).toBeUndefined();
    const { length } = ec2.calls;
    expect(await send('Delete', answer)).toMatchObject({ Status: 'SUCCESS' });
    expect(ec2.calls).toHaveLength(length);
  });

  test('halfway is told, and undone when it is deleted, whatever is said about deletion', async () => {
    ec2.defaults = { httpTokens: 'optional' };
    ec2.ignored = ['HttpPutResponseHopLimit'];
    const answer = await send('Create');
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('HttpPutResponseHopLimit is -1 and not 2') });
    expect(ec2.defaults).toEqual({ httpTokens: 'required' });
    ec2.ignored = [];
    expect(await send('Delete', { ...answer, ResourceProperties: { RestoreOnDelete: 'false' } })).toMatchObject({ Status: 'SUCCESS' });
    expect(ec2.defaults).toEqual({ httpTokens: 'optional' });
  });

  test.each([
    ['no XML', 'it works!', 'the answer of EC2 cannot be read: it works!'],
    ['another answer', '<X/>', 'the answer of EC2 cannot be read: <X/>'],
  ])('for %s in the answer says so', async (_, body, reason) => {
    ec2.refusals = [{ status: 200, body }];
    expect(await send('Create')).toMatchObject({ Status: 'FAILED', Reason: reason });
  });

  test('since EC2 does not confirm says so', async () => {
    ec2.refusals = [undefined, { status: 200, body: '<R><return>false</return></R>' }];
    expect(await send('Create')).toMatchObject({ Status: 'FAILED', Reason: 'EC2 did not confirm the change: <R><return>false</return></R>' });
  });
});

describe('a call that is throttled', () => {
  const SLOW = refusal(503, 'RequestLimitExceeded', 'Request limit exceeded.');

  test.each([['throttled', SLOW], ['throttled with another status', refusal(400, 'Throttling', 'Rate exceeded')], ['met by a server in trouble', { status: 502, body: '' }]])(
    'or %s is repeated', async (_, each) => {
      ec2.refusals = [each, each, undefined, each];
      expect(await send('Create')).toMatchObject({ Status: 'SUCCESS' });
      expect(actions()).toEqual(['Get', 'Get', 'Get', 'Mod', 'Mod', 'Get']);
    },
  );

  test('for ever fails in time to tell CloudFormation', async () => {
    ec2.always = SLOW;
    // on a busy machine the time can end during an attempt
    const Reason = expect.stringMatching(/^GetInstanceMetadataDefaults: (RequestLimitExceeded: Request limit exceeded\.|TimeoutError: )/);
    expect(await send('Create', {}, 1)).toMatchObject({ Status: 'FAILED', Reason });
    expect(ec2.calls.length).toBeGreaterThan(1);
  });

  test('is not where the answer would be the same', async () => {
    ec2.refusals = [refusal(400, 'InvalidParameterValue', 'no')];
    expect(await send('Create')).toMatchObject({ Status: 'FAILED' });
    expect(ec2.calls).toHaveLength(1);
  });

  test('or never answered fails with the reason', async () => {
    process.env.AWS_ENDPOINT_URL_EC2 = 'http://127.0.0.1:1/';
    expect(await send('Create', {}, 1)).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/^GetInstanceMetadataDefaults: /) });
  });
});

describe('what takes a while', () => {
  test('is waited for: reads that are older than the change', async () => {
    ec2.stale = 3;
    expect(await send('Create')).toMatchObject({ Status: 'SUCCESS' });
    expect(actions()).toEqual(['Get', 'Mod', 'Get', 'Get', 'Get', 'Get']);
  });

  test('and does not come fails, and is undone though the read is old', async () => {
    ec2.defaults = { httpTokens: 'optional' };
    ec2.stale = 10_000;
    const answer = await send('Create');
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('HttpTokens is optional and not required') });
    expect(ec2.defaults).toMatchObject({ httpTokens: 'required' });
    ec2.stale = 2;
    expect(await send('Delete', answer)).toMatchObject({ Status: 'SUCCESS' });
    expect(ec2.defaults).toEqual({ httpTokens: 'optional' });
  });

  test('is repeated: a call that is never answered', async () => {
    ec2.hangs = 2;
    expect(await send('Create')).toMatchObject({ Status: 'SUCCESS' });
  });

  test('is repeated: a right that the new role does not have yet', async () => {
    const each = refusal(403, 'UnauthorizedOperation', 'no');
    ec2.refusals = [each, undefined, each];
    expect(await send('Create')).toMatchObject({ Status: 'SUCCESS' });
  });

  test('fails with an id that undoes, where EC2 is throttled after the change', async () => {
    ec2.defaults = { httpTokens: 'optional' };
    ec2.refusals = [undefined, undefined, ...Array<ReturnType<typeof refusal>>(1000).fill(refusal(503, 'RequestLimitExceeded', 'slow'))];
    const answer = await send('Create', {}, 1);
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'imds-defaults-failed?HttpTokens=optional' });
  });
});

describe('who has set the defaults last', () => {
  test('a renamed resource does not restore what was before its successor', async () => {
    ec2.defaults = { httpTokens: 'optional' };
    const { PhysicalResourceId } = await send('Create');
    const renamed = { LogicalResourceId: 'new', RequestId: 'r2' };
    const { PhysicalResourceId: successor } = await send('Create', renamed);
    expect(await send('Delete', { PhysicalResourceId, RequestId: 'r3' })).toMatchObject({ Status: 'SUCCESS' });
    expect(ec2.defaults).toMatchObject({ httpTokens: 'required' });
    expect(await send('Delete', { ...renamed, PhysicalResourceId: successor })).toMatchObject({ Status: 'SUCCESS' });
    expect(ec2.defaults).toMatchObject({ httpTokens: 'required' });
  });

  test('stays, where a successor may not change them', async () => {
    ec2.defaults = { httpTokens: 'optional' };
    const { PhysicalResourceId } = await send('Create');
    ec2.refusals = [undefined, refusal(400, 'InvalidParameterValue', 'no')];
    const properties = { Defaults: { HttpTokens: 'required', HttpEndpoint: 'enabled' } };
    expect(await send('Create', { LogicalResourceId: 'new', RequestId: 'r2', ResourceProperties: properties })).toMatchObject({ Status: 'FAILED' });
    await send('Delete', { PhysicalResourceId });
    expect(ec2.defaults).toEqual({ httpTokens: 'optional' });
  });

  test('a create that Lambda repeats keeps what was before the first', async () => {
    ec2.defaults = { httpTokens: 'optional' };
    const first = await send('Create');
    expect(await send('Create')).toMatchObject({ PhysicalResourceId: first.PhysicalResourceId });
    expect(await send('Create', { RequestId: 'another' })).not.toMatchObject({ PhysicalResourceId: first.PhysicalResourceId });
  });
});

test('an update of defaults that a declarative policy has taken over succeeds, and changes nothing', async () => {
  const { PhysicalResourceId } = await send('Create');
  ec2.defaults.managedBy = 'declarative-policy';
  const { length } = ec2.calls;
  expect(await send('Update', { PhysicalResourceId, ResourceProperties: { Defaults: { HttpTokens: 'required', HttpEndpoint: 'disabled' } } }))
    .toMatchObject({ Status: 'SUCCESS', PhysicalResourceId });
  expect(actions().slice(length)).toEqual(['Get']);
  expect(console.log).toHaveBeenCalledWith(expect.stringMatching(/^nothing was changed: a declarative policy .* owns/));
});

describe('the answer to CloudFormation', () => {
  test('is repeated where it is not taken', async () => {
    ec2.deaf = 2;
    expect(await send('Create')).toMatchObject({ Status: 'SUCCESS' });
  });

  test('that is never taken fails the function', async () => {
    ec2.deaf = 10_000;
    await expect(send('Create')).rejects.toThrow('CloudFormation did not take the answer: status 503');
  });
});

describe('the id', () => {
  test('holds what was there before', () => {
    const before = defaultsFrom(name => name === 'HttpTokens' ? 'optional' : undefined);
    expect(idOf(before)).toBe('imds-defaults?HttpTokens=optional');
    expect(beforeIn(idOf(before))).toEqual({ before, isFailed: false });
    expect(beforeIn(idOf(before, true))).toEqual({ before, isFailed: true });
  });

  test('of something else holds nothing', () => expect(beforeIn('something-else')).toBeUndefined());

  test('fits into the 1,024 characters that CloudFormation takes', () => {
    expect(idOf(defaultsFrom(() => 'no-preference-at-all'), true).length).toBeLessThan(1024);
  });
});

test('the signature is that of the example in AWS\'s documentation', () => {
  const { authorization } = signed({
    method: 'GET',
    url: new URL('https://iam.amazonaws.com/?Version=2010-05-08&Action=ListUsers'),
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: '',
    region: 'us-east-1',
    service: 'iam',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    date: new Date('2015-08-30T12:36:00Z'),
  });
  expect(authorization).toBe('AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, '
    + 'Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7');
});
