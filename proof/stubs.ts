/**
 * What stands in the place of a look-up: values of the form that the command line of CDK writes into `cdk.context.json`, of no account.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/context.html
 */
export function stubOf(key: string): unknown {
  const [provider] = key.split(':');
  const stub = STUBS[provider];
  if (!stub) { throw new Error(`no stub for the look-up ${key}; there are some for ${Object.keys(STUBS).join(', ')}`); }
  return stub(/region=([^:]+)/.exec(key)?.[1] ?? 'us-east-1');
}

const STUBS: Readonly<Record<string, (region: string) => unknown>> = {
  'availability-zones': zones,
  'ami': () => 'ami-0123456789abcdef0',
  'ssm': () => 'ami-0123456789abcdef0',
  'security-group': () => ({ securityGroupId: 'sg-0123456789abcdef0', allowAllOutbound: true }),
  'hosted-zone': () => ({ Id: '/hostedzone/Z0123456789ABCDEFGHIJ', Name: 'example.com.' }),
  'vpc-provider': region => ({
    vpcId: 'vpc-0123456789abcdef0',
    vpcCidrBlock: '10.0.0.0/16',
    ownerAccountId: '111122223333',
    availabilityZones: [],
    subnetGroups: [subnets('Public', region, 0), subnets('Private', region, 8)],
  }),
};

function zones(region: string): string[] {
  return ['a', 'b', 'c'].map(zone => `${region}${zone}`);
}

function subnets(type: string, region: string, first: number): object {
  return {
    name: type,
    type,
    subnets: zones(region).map((availabilityZone, i) => ({
      subnetId: `subnet-0123456789abcde${(first + i).toString(16).padStart(2, '0')}`,
      cidr: `10.0.${first + i}.0/24`,
      availabilityZone,
      routeTableId: `rtb-0123456789abcde${(first + i).toString(16).padStart(2, '0')}`,
    })),
  };
}
