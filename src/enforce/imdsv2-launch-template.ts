import { aws_ec2, CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { RequireImdsv2 } from './require-imdsv2';
import { strengthen } from './strengthen';

/**
 * `ec2.LaunchTemplate` with IMDSv2 required.
 *
 * Takes every prop of `ec2.LaunchTemplate`, `requireImdsv2: true` included.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-launchtemplate-metadataoptions.html
 */
export class Imdsv2LaunchTemplate extends aws_ec2.LaunchTemplate {
  /**
   * @throws when a prop asks for IMDSv1 (`httpTokens: OPTIONAL`, `requireImdsv2: false`) or the hop limit is no number from 1 to 64 (a token
   * is none, as for the L2)
   */
  public constructor(scope: Construct, id: string, props: aws_ec2.LaunchTemplateProps = {}) {
    super(scope, id, strengthen(props));
    new RequireImdsv2({ httpPutResponseHopLimit: props.httpPutResponseHopLimit, httpEndpoint: props.httpEndpoint })
      .applyTo(this.node.defaultChild as CfnResource);
  }
}
