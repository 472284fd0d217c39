import { aws_ec2, CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { RequireImdsv2 } from './require-imdsv2';
import { strengthen } from './strengthen';

/**
 * `ec2.Instance` with IMDSv2 required by the instance's own metadata options: no launch template is added.
 *
 * Takes every prop of `ec2.Instance`, `requireImdsv2: true` included.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-instance-metadataoptions.html
 */
export class Imdsv2Instance extends aws_ec2.Instance {
  /**
   * @throws when a prop asks for IMDSv1 (`httpTokens: OPTIONAL`, `requireImdsv2: false`) or the hop limit is no number from 1 to 64 (a token
   * is none, as for the L2)
   */
  public constructor(scope: Construct, id: string, props: aws_ec2.InstanceProps) {
    super(scope, id, strengthen(props));
    new RequireImdsv2({ httpPutResponseHopLimit: props.httpPutResponseHopLimit, httpEndpoint: props.httpEndpoint })
      .applyTo(this.node.defaultChild as CfnResource);
  }
}
