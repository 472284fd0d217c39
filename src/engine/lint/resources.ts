import { matches } from '../text/wildcard';

/** What EC2 authorizes a launch for beside the instance: none of it carries a key about IMDS. */
const BESIDE_INSTANCE = ['image/ami-1', 'network-interface/*', 'security-group/sg-1', 'subnet/subnet-1', 'volume/*', 'key-pair/k', 'launch-template/lt-1'] as const;

/** Of a resource in a statement: what stands in its ARN, or `*` where that is open. */
function segmentsOf(pattern: string): { readonly partition: string; readonly service: string; readonly region: string; readonly account: string } {
  const [, partition = '*', service = '*', region = '*', account = '*'] = pattern.split(':');
  return { partition, service, region, account };
}

/** Whether a resource is an instance that is not there yet, whose ARN ends with `instance/*` to the letter. */
export function reachesLaunch(pattern: string): boolean {
  return reaches(pattern, 'instance/*');
}

/** What else a launch needs that a resource stands for, by its type. */
export function besideInstance(pattern: string): string[] {
  return BESIDE_INSTANCE.filter(each => reaches(pattern, each)).map(each => each.split('/')[0]);
}

function reaches(pattern: string, resource: string): boolean {
  const { partition, region, account } = segmentsOf(pattern);
  const given = (segment: string, other: string): string => /^[\w-]+$/.test(segment) ? segment : other;
  const arn = `arn:${given(partition, 'aws')}:ec2:${given(region, 'eu-west-1')}:${given(account, '111122223333')}:${resource}`;
  return matches(pattern.replace(/\?/g, '*'), arn) || matches(pattern.replace(/\?/g, '*'), arn.replace(/:\d*:(?=image)/, '::'));
}

/** The partition that an ARN names, or undefined where it is open. */
export function partitionOf(arn: string): string | undefined {
  return /^arn:([a-z][a-z-]*):/.exec(arn)?.[1];
}

/** Whether it is an ARN of EC2. */
export function isOfEc2(pattern: string): boolean {
  return /^arn:[^:]*:ec2:/.test(pattern);
}

/** Whether it is nothing but instances. */
export function isOfInstances(pattern: string): boolean {
  return /^arn:[^:]*:ec2:[^:]*:[^:]*:instance\//.test(pattern);
}

/**
 * The partition of a Region.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 */
export function partitionOfRegion(region: string): string {
  const [, partition] = PARTITIONS.find(([begin]) => region.startsWith(begin)) ?? [];
  return partition ?? 'aws';
}

const PARTITIONS: readonly (readonly [begin: string, partition: string])[] = [
  ['cn-', 'aws-cn'], ['us-gov-', 'aws-us-gov'], ['us-isob-', 'aws-iso-b'], ['us-isof-', 'aws-iso-f'], ['us-iso-', 'aws-iso'],
  ['eu-isoe-', 'aws-iso-e'], ['eusc-', 'aws-eusc'],
];
