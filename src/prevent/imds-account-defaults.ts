import { join } from 'path';
import { aws_iam, aws_lambda, aws_logs, Aws, CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ACCOUNT_DEFAULTS_ROLE_PATH } from '../engine/policies/account-defaults-role';
import { checkSettings } from '../engine/surfaces/settings';

/** Says which resource has set the defaults last: another one does not restore what was there before. */
const OWNER_PARAMETER = '/cdk-imds-guard/account-defaults/owner';

/** What launches get that do not say themselves; version 2 is always required of them. */
export interface ImdsAccountDefaultsProps {
  /**
   * Whether EC2 refuses every launch that would answer IMDSv1, whatever the launch says and whoever launches, services too.
   *
   * Without it the defaults are only defaults: a launch that asks for version 1 gets it.
   *
   * @default - what the account has
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html
   */
  readonly httpTokensEnforced?: boolean;

  /**
   * The hop limit of launches that do not say, from 1 to 64. Containers on a bridge network need 2.
   *
   * @default - what the account has
   */
  readonly httpPutResponseHopLimit?: number;

  /**
   * Whether instances have a metadata service where the launch does not say.
   *
   * @default - what the account has
   */
  readonly httpEndpoint?: boolean;

  /**
   * Whether instances can read their tags from the metadata service where the launch does not say.
   *
   * @default - what the account has
   */
  readonly instanceMetadataTags?: boolean;

  /**
   * What becomes of the defaults when the stack is deleted: `DESTROY` restores what was there before it was made, anything else keeps them.
   *
   * @default RemovalPolicy.RETAIN - to delete a stack is no decision to allow IMDSv1 again
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * The account-level IMDS defaults of the stack's account and Region: IMDSv2 is required where a launch does not say, and of every launch
 * with `httpTokensEnforced`.
 *
 * CloudFormation has no type for them, so a Lambda function sets them. Its role has a fixed path, which `ImdsPolicies` leaves out of its
 * ban on changing the defaults. The first deployment fails with the reason where a declarative policy of the organization owns them; later ones succeed,
 * since it has taken over. Running instances stay as they are.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
 *
 * @example
 * declare const stack: Stack;
 * new ImdsAccountDefaults(stack, 'AccountDefaults', { httpPutResponseHopLimit: 2 });
 */
export class ImdsAccountDefaults extends Construct {
  /** The role of the function that sets the defaults. */
  public readonly role: aws_iam.Role;

  /**
   * @throws when the hop limit is not a whole number from 1 to 64, or the stack has these defaults already
   */
  public constructor(scope: Construct, id: string, props: ImdsAccountDefaultsProps = {}) {
    super(scope, id);
    checkSettings({ httpPutResponseHopLimit: props.httpPutResponseHopLimit });
    const other = Stack.of(this).node.findAll().find(each => each !== this && each instanceof ImdsAccountDefaults);
    if (other) { throw new Error(`an account has its defaults once in a Region, and ${other.node.path} sets them; change that one`); }

    const logGroup = new aws_logs.LogGroup(this, 'Logs', { retention: aws_logs.RetentionDays.THREE_MONTHS, removalPolicy: RemovalPolicy.DESTROY });
    this.role = new aws_iam.Role(this, 'Role', {
      path: ACCOUNT_DEFAULTS_ROLE_PATH,
      description: 'Sets the account-level IMDS defaults',
      assumedBy: new aws_iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { SetDefaults: setDefaults(this, logGroup) },
    });
    const handler = new aws_lambda.Function(this, 'Function', {
      code: aws_lambda.Code.fromAsset(join(__dirname, 'account-defaults-handler'), { exclude: ['*.ts'] }),
      handler: 'index.handler',
      runtime: aws_lambda.Runtime.NODEJS_22_X,
      description: 'Sets the account-level IMDS defaults (cdk-imds-guard)',
      environment: { URL_SUFFIX: Aws.URL_SUFFIX, OWNER_PARAMETER },
      timeout: Duration.minutes(8),
      role: this.role,
      logGroup,
    });
    new CustomResource(this, 'Resource', {
      resourceType: 'Custom::ImdsAccountDefaults',
      serviceToken: handler.functionArn,
      serviceTimeout: Duration.minutes(10),
      properties: { RestoreOnDelete: String(props.removalPolicy === RemovalPolicy.DESTROY), Defaults: defaultsOf(props) },
    });
  }
}

/** The actions of EC2 know no resources. */
function setDefaults(scope: Construct, logGroup: aws_logs.ILogGroup): aws_iam.PolicyDocument {
  return new aws_iam.PolicyDocument({
    statements: [
      new aws_iam.PolicyStatement({ actions: ['ec2:GetInstanceMetadataDefaults', 'ec2:ModifyInstanceMetadataDefaults'], resources: ['*'] }),
      new aws_iam.PolicyStatement({
        actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'],
        resources: [Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: OWNER_PARAMETER.slice(1) })],
      }),
      new aws_iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
    ],
  });
}

function defaultsOf({ httpTokensEnforced, httpPutResponseHopLimit, httpEndpoint, instanceMetadataTags }: ImdsAccountDefaultsProps): object {
  const state = (isOn: boolean | undefined): string | undefined => isOn === undefined ? undefined : isOn ? 'enabled' : 'disabled';
  return {
    HttpTokens: 'required',
    HttpPutResponseHopLimit: httpPutResponseHopLimit === undefined ? undefined : String(httpPutResponseHopLimit),
    HttpEndpoint: state(httpEndpoint),
    InstanceMetadataTags: state(instanceMetadataTags),
    HttpTokensEnforced: state(httpTokensEnforced),
  };
}
