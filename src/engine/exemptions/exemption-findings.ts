import { Grant } from './exemption-grant';
import { Notice, Standing } from './exemption-standing';
import { Finding } from '../findings/finding';
import { ReportedExemption } from '../findings/report';
import { RULES } from '../findings/rules';

const CDK_PAGE = 'https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html';
const EC2_PAGE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html';

/** What is reported about an exemption, as a finding about the resource. */
export function exemptionFinding({ resource, path, source }: Pick<Grant, 'resource' | 'path' | 'source'>, { rule, reason, fix, values = [] }: Notice): Finding {
  const { logicalId, type, constructPath } = resource;
  const page = source === 'acknowledgement' ? CDK_PAGE : EC2_PAGE;
  return { rule, verdict: RULES[rule].verdict, logicalId, type, constructPath, path, values, reason, fix, page };
}

/** An exemption as a report lists it. */
export function reportedExemption(
  { source, resource: { logicalId, constructPath }, reason, owner, until, allow: rules }: Grant,
  { state, daysLeft }: Standing,
  { file, stack }: { readonly file: string; readonly stack: string },
): ReportedExemption {
  return { file, stack, logicalId, constructPath, source, reason, owner, until, daysLeft, rules, state };
}
