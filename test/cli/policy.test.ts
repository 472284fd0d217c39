import { load } from 'js-yaml';
import { ImdsPolicies, ImdsPolicyExemption, ImdsPolicyStatement } from '../../src';
import { POLICY_KIND_NAMES } from '../../src/cli/policy-kinds';
import { conformancePack } from '../../src/engine/policies/conformance-pack';
import { guardRules } from '../../src/engine/policies/guard-rules';
import { QUOTAS } from '../../src/engine/policies/policy-size';
import { STATEMENT_IDS } from '../../src/engine/policies/policy-statement';
import { imdsGuard } from '../support/terminal';

const ROLE = 'arn:*:iam::*:role/imds-exempt/*';
const UNIT = 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*';

async function policy(...args: string[]): ReturnType<typeof imdsGuard> {
  return imdsGuard(__dirname, ['policy', ...args]);
}

/** So many roles that the statements do not fit together. */
function roles(count: number): string[] {
  return Array.from({ length: count }, (_, i) => ['--exempt-role', `arn:*:iam::*:role/imds-exempt/application-${String(i).padStart(3, '0')}`]).flat();
}

test.each(POLICY_KIND_NAMES)('%s is printed as people paste it', async kind => {
  const { stdout, stderr, exitCode } = await policy(kind);

  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  expect(stdout).toMatchSnapshot();
});

describe.each(POLICY_KIND_NAMES.filter(kind => kind !== 'guard'))('%s', kind => {
  test('is the same in YAML and without white space', async () => {
    const { stdout: json } = await policy(kind);
    const { stdout: yaml } = await policy(kind, '--format', 'yaml');
    const { stdout: compact } = await policy(kind, '--compact');

    expect(yaml).not.toContain('{');
    expect(load(yaml)).toEqual(JSON.parse(json));
    expect(compact).toBe(`${JSON.stringify(JSON.parse(json))}\n`);
  });
});

describe('is what the library makes from the same settings', () => {
  const everything = STATEMENT_IDS.flatMap(id => ['--with', id]);
  const policies = new ImdsPolicies({
    maxHttpPutResponseHopLimit: 3,
    httpEndpoint: false,
    partition: 'aws-cn',
    exemptions: [
      ImdsPolicyExemption.roles(ROLE, 'arn:aws-cn:iam::111122223333:role/legacy'),
      ImdsPolicyExemption.principalTag('imds-exempt', 'yes=no'),
      ImdsPolicyExemption.organizationPaths(UNIT),
    ],
    includeStatements: Object.values(ImdsPolicyStatement).filter(each => each !== ImdsPolicyStatement.IMAGE_BUILDER),
    excludeStatements: [ImdsPolicyStatement.IMAGE_BUILDER],
  });
  const options = [
    '--max-hop-limit', '3', '--endpoint', 'disabled', '--partition', 'aws-cn',
    '--exempt-role', ROLE, '--exempt-role', 'arn:aws-cn:iam::111122223333:role/legacy', '--exempt-tag', 'imds-exempt=yes=no', '--exempt-org-path', UNIT,
    ...everything.filter((_, i) => !everything.slice(i - i % 2, i - i % 2 + 2).includes('image-builder')), '--without', 'image-builder',
  ];

  test('a service control policy', async () => {
    const { stdout, stderr } = await policy('scp', ...options);

    expect([JSON.parse(stdout)]).toEqual(policies.serviceControlPolicyDocuments());
    expect(stderr).toMatch(/^imds-guard: a service control policy of 8,\d\d\d characters is within the quota of 10,240, but above the 5,120 /);
  });

  test('an EC2 policy', async () => {
    const { stdout } = await policy('ec2-policy', ...options, '--hop-limit', '1', '--message', 'see the wiki', '--defaults-only');
    const same = new ImdsPolicies({ httpPutResponseHopLimit: 1, httpEndpoint: false });

    expect(JSON.parse(stdout)).toEqual(same.ec2PolicyDocument({ exceptionMessage: 'see the wiki', httpTokensEnforced: false }));
    expect(stdout).not.toContain('http_tokens_enforced');
  });
});

test('the rules of Guard and of AWS Config are held to the maximum', async () => {
  const stdoutOf = async (...args: string[]): Promise<string> => (await policy(...args)).stdout;
  expect(await stdoutOf('guard', '--max-hop-limit', '1')).toBe(guardRules({ maxHttpPutResponseHopLimit: 1 }));
  expect(await stdoutOf('guard')).not.toBe(guardRules({ maxHttpPutResponseHopLimit: 1 }));
  expect(JSON.parse(await stdoutOf('config-pack', '--max-hop-limit', '1'))).toEqual(conformancePack({ maxHttpPutResponseHopLimit: 1 }));
});

test('a conformance pack for a Region is without what AWS Config lacks there, and says so', async () => {
  const { stdout, stderr } = await policy('config-pack', '--region', 'us-gov-west-1');
  expect(Object.keys(JSON.parse(stdout).Resources)).not.toContain('Ec2LaunchTemplateImdsv2Check');
  expect(stderr).toMatch(/^imds-guard: AWS Config has no rule ec2-launch-template-imdsv2-check in us-gov-west-1 by its page/);
  expect(await policy('config-pack', '--region', 'eu-central-1')).toEqual(await policy('config-pack'));
});

test.each(['guard', 'config-pack'])('%s tells that it exempts nobody', async kind => {
  expect((await policy(kind, '--exempt-role', ROLE)).stderr).toMatch(/^imds-guard: rules of AWS Config|^imds-guard: CloudFormation Guard rules exempt nobody/);
  expect((await policy(kind)).stderr).toBe('');
});

test('an EC2 policy tells that it exempts nobody, unless it refuses nothing', async () => {
  const enforced = await policy('ec2-policy', '--exempt-role', ROLE);

  expect(enforced).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^imds-guard: an EC2 policy knows no exemptions: .*\n$/) });
  expect(enforced.stdout).not.toContain('imds-exempt');
  expect((await policy('ec2-policy', '--exempt-role', ROLE, '--defaults-only')).stderr).toBe('');
});

test.each([
  [['scp', '--hop-limit', '1', '--defaults-only', '--message', 'x'], ['--hop-limit', '--defaults-only', '--message'], 'ec2-policy'],
  [['guard', '--with', 'legacy-spot', '--without', 'image-builder', '--partition', 'aws'], ['--partition', '--with', '--without'], 'scp, iam, boundary'],
  [['scp', '--region', 'eu-central-1'], ['--region'], 'config-pack'],
  [['config-pack', '--endpoint', 'disabled'], ['--endpoint'], 'scp, iam, boundary, ec2-policy, guard'],
])('%j tells what has no effect', async (args, options, kinds) => {
  const told = options.map(each => `imds-guard: ${each} has no effect on ${args[0]}: it is for ${kinds}\n`).join('');
  expect(await policy(...args)).toEqual({ exitCode: 0, stderr: told, stdout: (await policy(args[0])).stdout });
});

describe('what does not fit', () => {
  test('is printed in parts, which say the same together', async () => {
    const whole = await policy('scp', ...roles(50));
    const [first, second, third] = await Promise.all(['1', '2', '3'].map(async part => policy('scp', ...roles(50), '--part', part)));

    expect(whole).toEqual({
      exitCode: 2, stdout: '', stderr: 'imds-guard: the statements need 3 policies, attached together; print them one by one with --part 1, --part 2, --part 3\n',
    });
    const statements = [first, second, third].flatMap(({ stdout }) => JSON.parse(stdout).Statement);
    expect(statements).toHaveLength(9);
    expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(9);
    [first, second, third].forEach(({ stdout }) => expect(JSON.stringify(JSON.parse(stdout)).length).toBeLessThanOrEqual(10_240));
    expect((await policy('scp', ...roles(50), '--part', '4'))).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('3 policies') });
  });

  test('is refused where there can be one alone', async () => {
    expect(await policy('boundary', ...roles(50))).toMatchObject({
      exitCode: 2, stdout: '', stderr: expect.stringMatching(/^imds-guard: a permission boundary may have 6,144 characters, got 2\d,\d\d\d; name fewer [^\n]*\n$/),
    });
  });

  test('is refused where a statement alone is too large', async () => {
    expect(await policy('scp', ...roles(250))).toMatchObject({
      exitCode: 2, stdout: '', stderr: expect.stringMatching(/^imds-guard: statement RequireImdsV2: a service control policy may have 10,240 characters, got 1\d,\d\d\d; [^\n]*\n$/),
    });
  });

  test('with its white space only, is printed with a hint', async () => {
    const args = roles(16);
    const { stdout, stderr, exitCode } = await policy('scp', ...args);

    expect(exitCode).toBe(0);
    expect(stdout.length).toBeGreaterThan(QUOTAS.serviceControlPolicy.characters);
    expect(stderr).toMatch(/\nimds-guard: with its white space it has 1\d{4} characters, .* print it with --compact\n$/);
    expect((await policy('scp', ...args, '--compact')).stderr).not.toContain('--compact');
    expect((await policy('iam', ...args, '--part', '1')).stderr).toBe(''); // IAM does not count it
  });
});

describe('a mistake is told in one line', () => {
  test.each([
    [['scpp'], 'the policies are scp, iam, boundary, ec2-policy, guard, config-pack; got "scpp", did you mean scp?'],
    [['__proto__'], 'the policies are scp, iam, boundary, ec2-policy, guard, config-pack; got "__proto__"'],
    [['\u001b[31m\nscp'], 'the policies are scp, iam, boundary, ec2-policy, guard, config-pack; got "\\\\u001b[31m\\\\nscp"'],
    [['guard', '--format', 'yaml'], 'guard is text of its own; leave --format out'],
    [['guard', '--compact'], 'guard is text of its own; leave --compact out'],
    [['scp', '--max-hop-limit', '65'], '--max-hop-limit must be a whole number from 1 to 64, got "65"'],
    [['scp', '--max-hop-limit', '2.5'], '--max-hop-limit must be a whole number from 1 to 64, got "2.5"'],
    [['scp', '--max-hop-limit', ''], '--max-hop-limit must be a whole number from 1 to 64, got ""'],
    [['ec2-policy', '--hop-limit', '3'], '--hop-limit 3 is above --max-hop-limit 2; lower the one or raise the other'],
    [['scp', '--with', 'role-delivry'], expect.stringMatching(/^--with takes one of require-tokens, .*; got "role-delivry", did you mean role-delivery\?$/)],
    [['scp', '--without', 'x'], expect.stringMatching(/^--without takes one of require-tokens, .*; got "x"$/)],
    [['scp', '--with', 'legacy-spot', '--without', 'legacy-spot'], 'the statement legacy-spot is both included and excluded; say one of them'],
    [['scp', ...STATEMENT_IDS.flatMap(id => ['--without', id])], 'every statement is excluded, so nothing is left to deny; exclude fewer'],
    [['scp', '--endpoint', 'enabled', '--with', 'endpoint-disabled'], expect.stringContaining('endpoint-disabled denies every launch whose endpoint is enabled')],
    [['scp', '--partition', 'cn'], expect.stringContaining('the partition must be *')],
    [['scp', '--partition', 'aws-gov'], expect.stringMatching(/^the partition must be \*, .*, aws-us-gov; got 'aws-gov'$/)],
    [['scp', '--exempt-role', '*'], expect.stringContaining('must be the ARN of a role')],
    [['scp', '--exempt-role', 'arn:*:iam::*:role/*'], expect.stringContaining('would exempt every role')],
    [['scp', '--exempt-tag', 'imds-exempt'], '--exempt-tag needs a key and a value, as in imds-exempt=true; got "imds-exempt"'],
    [['scp', '--exempt-tag', 'imds-exempt='], expect.stringContaining('the value of tag \'imds-exempt\' must have 1 to 256')],
    [['scp', '--exempt-org-path', 'ou-ab12-11111111'], expect.stringContaining('a path to exempt must lead from the organization')],
    [['ec2-policy', '--message', ' '], 'the exception message must not be empty; leave it out for a general one'],
    [['ec2-policy', '--message', 'x'.repeat(10_000)], expect.stringMatching(/^an EC2 policy may have 10,000 characters, got 10,\d\d\d; shorten the exception message; /)],
    [['config-pack', '--region', 'eu-central'], '--region must be a Region such as eu-central-1, got "eu-central"'],
    [['scp', '--part', '0'], '--part must be a whole number from 1, got "0"'],
    [['scp', '--part', '2'], 'there is no --part 2: the statements fit into one policy'],
    [['scp', '--compact', '--format', 'yaml'], '--compact is for JSON; leave it out with --format yaml'],
  ])('%j', async (args, expected) => {
    const { stdout, stderr, exitCode } = await policy(...args);

    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toMatch(/^imds-guard: [^\n]+\n$/);
    expect(stderr.slice('imds-guard: '.length, -1)).toEqual(expected);
  });

  test.each([[[]], [['scp', '--format', 'xml']], [['scp', '--endpoint', 'off']], [['scp', '--exempt']]])('%j, as commander tells it', async args => {
    expect(await policy(...args)).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^imds-guard: /) });
  });
});

test('the help names every kind and every statement', async () => {
  const { stdout, exitCode } = await policy('--help');

  expect(exitCode).toBe(0);
  for (const each of [...POLICY_KIND_NAMES, ...STATEMENT_IDS]) { expect(stdout).toContain(each); }
});
