import { EACH, Step } from './surface';

/** The metadata of a resource that cfn-init reads on the instance. */
export const CFN_INIT = 'AWS::CloudFormation::Init';

const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';

/** Where a resource has scripts that run on instances, which others launch as a rule. */
export interface ScriptPlace {
  /** Below `Properties`. */
  readonly path: readonly Step[];

  /**
   * `script`: a text, plain or in base64, or a list of its lines. `document`: JSON or YAML, as an object or as text, with scripts below the
   * keys of `below`. `address`: that of a file or a folder in S3, which is read where the assembly has it.
   */
  readonly holds: 'script' | 'document' | 'address';

  /** Keys of a document that have a script, in small letters; of an address: the file is such a document. */
  readonly below?: readonly string[];

  /** Of a folder, which files run; otherwise all of its scripts do. */
  readonly running?: Running;
}

/** Those that the hooks of `appspec.yml` name, or those at a path. */
export type Running = 'hooks' | RegExp;

export interface ScriptHolder {
  readonly type: string;
  readonly page: string;
  readonly places: readonly ScriptPlace[];
}

/** What Run Command runs, and steps of command documents, on nodes: https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html */
const COMMANDS = ['runcommand', 'commands'];

/** The same, and `aws:runInstances` of automations: https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-runinstance.html */
const STEPS = [...COMMANDS, 'userdata'];

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-action-modules.html */
const COMPONENT = ['commands'];

const PLATFORM_HOOKS = /^(?:[^/]+\/)*asset\.[^/]+\/\.platform\/(?:config)?hooks\/(?:prebuild|predeploy|postdeploy)\/[^/]+$/;

/** https://karpenter.sh/docs/concepts/nodeclasses/#specuserdata */
const NODE_CLASS = 'https://karpenter.sh/docs/concepts/nodeclasses/#specuserdata';
const USER_DATA = ['userdata'];

/**
 * Scripts that lie elsewhere than in user data and cfn-init, which the rows of launch surfaces and every resource can have.
 *
 * No rows: lifecycle configurations of SageMaker Studio, from whose apps IMDS cannot be reached
 * (https://docs.aws.amazon.com/sagemaker/latest/dg/security-access-control-studio-nb.html), and host configurations of Deadline Cloud, since
 * AWS does not say what the hosts of its own fleets answer.
 *
 * One row a type, sorted by type. A type may be a launch surface as well.
 */
export const SCRIPT_HOLDERS: readonly ScriptHolder[] = [
  {
    type: 'AWS::CodeDeploy::DeploymentGroup',
    page: 'https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html',
    places: [{ path: ['Deployment', 'Revision', 'S3Location', 'Key'], holds: 'address', running: 'hooks' }],
  },
  {
    type: 'AWS::DataPipeline::Pipeline',
    page: 'https://docs.aws.amazon.com/datapipeline/latest/DeveloperGuide/dp-object-shellcommandactivity.html',
    places: [
      { path: ['PipelineObjects', EACH, 'Fields', { where: { Key: 'command' } }, 'StringValue'], holds: 'script' },
      { path: ['PipelineObjects', EACH, 'Fields', { where: { Key: 'scriptUri' } }, 'StringValue'], holds: 'address' },
    ],
  },
  {
    type: 'AWS::EC2::SpotFleet',
    page: `${CFN}/aws-properties-ec2-spotfleet-spotfleetlaunchspecification.html`,
    places: [{ path: ['SpotFleetRequestConfigData', 'LaunchSpecifications', EACH, 'UserData'], holds: 'script' }],
  },
  {
    type: 'AWS::EMR::Cluster',
    page: `${CFN}/aws-properties-emr-cluster-scriptbootstrapactionconfig.html`,
    places: [
      { path: ['BootstrapActions', EACH, 'ScriptBootstrapAction', 'Path'], holds: 'address' },
      { path: ['Steps', EACH, 'HadoopJarStep', 'Args'], holds: 'address' },
    ],
  },
  {
    type: 'AWS::EMR::Step',
    page: `${CFN}/aws-resource-emr-step.html`,
    places: [{ path: ['HadoopJarStep', 'Args'], holds: 'address' }],
  },
  {
    type: 'AWS::ElasticBeanstalk::ApplicationVersion',
    page: 'https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/platforms-linux-extend.hooks.html',
    places: [{ path: ['SourceBundle', 'S3Key'], holds: 'address', running: PLATFORM_HOOKS }],
  },
  {
    type: 'AWS::Events::Rule', // what a target of Run Command is given
    page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html#targets-specifics-ssm-run-command',
    places: [
      { path: ['Targets', EACH, 'Input'], holds: 'document', below: COMMANDS },
      { path: ['Targets', EACH, 'InputTransformer', 'InputTemplate'], holds: 'document', below: COMMANDS },
    ],
  },
  {
    type: 'AWS::ImageBuilder::Component',
    page: 'https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-action-modules.html',
    places: [
      { path: ['Data'], holds: 'document', below: COMPONENT },
      { path: ['Uri'], holds: 'address', below: COMPONENT },
    ],
  },
  {
    type: 'AWS::ImageBuilder::ImageRecipe',
    page: `${CFN}/aws-properties-imagebuilder-imagerecipe-additionalinstanceconfiguration.html`,
    places: [{ path: ['AdditionalInstanceConfiguration', 'UserDataOverride'], holds: 'script' }],
  },
  {
    type: 'AWS::Lightsail::Instance',
    page: `${CFN}/aws-resource-lightsail-instance.html`,
    places: [{ path: ['UserData'], holds: 'script' }],
  },
  {
    type: 'AWS::SSM::Association',
    page: `${CFN}/aws-resource-ssm-association.html`,
    places: [
      { path: ['Parameters', 'commands'], holds: 'script' },
      { path: ['Parameters', 'sourceInfo'], holds: 'address' }, // of AWS-RunRemoteScript
    ],
  },
  {
    type: 'AWS::SSM::Document',
    page: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html',
    places: [{ path: ['Content'], holds: 'document', below: STEPS }],
  },
  {
    type: 'AWS::SSM::MaintenanceWindowTask',
    page: `${CFN}/aws-properties-ssm-maintenancewindowtask-maintenancewindowruncommandparameters.html`,
    places: [
      { path: ['TaskInvocationParameters', 'MaintenanceWindowRunCommandParameters', 'Parameters'], holds: 'document', below: COMMANDS },
      { path: ['TaskParameters', 'commands', 'Values'], holds: 'script' },
    ],
  },
  {
    type: 'AWS::SageMaker::NotebookInstanceLifecycleConfig',
    page: `${CFN}/aws-properties-sagemaker-notebookinstancelifecycleconfig-notebookinstancelifecyclehook.html`,
    places: [
      { path: ['OnCreate', EACH, 'Content'], holds: 'script' },
      { path: ['OnStart', EACH, 'Content'], holds: 'script' },
    ],
  },
  {
    type: 'AWS::Scheduler::Schedule', // of SendCommand
    page: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html',
    places: [{ path: ['Target', 'Input'], holds: 'document', below: COMMANDS }],
  },
  {
    type: 'AWS::Serverless::StateMachine',
    page: 'https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html',
    places: [{ path: ['Definition'], holds: 'document', below: STEPS }],
  },
  {
    type: 'AWS::StepFunctions::StateMachine', // of SendCommand and RunInstances
    page: 'https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html',
    places: [
      { path: ['DefinitionString'], holds: 'document', below: STEPS },
      { path: ['Definition'], holds: 'document', below: STEPS },
    ],
  },
  {
    type: 'Custom::AWS', // what CDK's AwsCustomResource makes
    page: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html',
    places: ['Create', 'Update', 'Delete'].map(path => ({ path: [path], holds: 'document', below: STEPS })),
  },
  {
    type: 'Custom::AWSCDK-EKS-HelmChart',
    page: NODE_CLASS,
    places: [{ path: ['Values'], holds: 'document', below: USER_DATA }],
  },
  {
    type: 'Custom::AWSCDK-EKS-KubernetesPatch',
    page: NODE_CLASS,
    places: [{ path: ['ApplyPatchJson'], holds: 'document', below: USER_DATA }],
  },
  {
    type: 'Custom::AWSCDK-EKS-KubernetesResource',
    page: NODE_CLASS,
    places: [{ path: ['Manifest'], holds: 'document', below: USER_DATA }],
  },
];

const BY_TYPE = new Map(SCRIPT_HOLDERS.map(holder => [holder.type, holder]));

/** The row of a CloudFormation type, if its resources may have scripts. */
export function scriptHolderOf(type: string): ScriptHolder | undefined {
  return BY_TYPE.get(type);
}
