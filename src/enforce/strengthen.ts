import { scopeSettingsOf } from '../scopes/scope-settings';

interface MetadataProps {
  readonly requireImdsv2?: boolean;

  /** `ec2.HttpTokens` or `ec2.LaunchTemplateHttpTokens`: two enums with the same values. */
  readonly httpTokens?: string;
  readonly httpPutResponseHopLimit?: number;
}

/** The props of an L2 without what would weaken it, or what would make it add a launch template. */
export function strengthen<P extends MetadataProps>(props: P): P {
  if (props.httpTokens === 'optional') {
    throw new Error('\'httpTokens\' must be REQUIRED, got OPTIONAL; use the class of aws-ec2 where IMDSv1 has to answer');
  }
  if (props.requireImdsv2 === false) {
    throw new Error('\'requireImdsv2\' must be true or left out, got false; use the class of aws-ec2 where IMDSv1 has to answer');
  }
  scopeSettingsOf({ httpPutResponseHopLimit: props.httpPutResponseHopLimit });
  return { ...props, requireImdsv2: undefined, httpTokens: 'required' };
}
