import { CALL_WORDS } from './apis';
import { CallPlace, EACH, JSON_TEXT, LaunchSurface, ListStep, PARAMETER } from './surface';

const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const LAUNCH_TEMPLATE = 'AWS::EC2::LaunchTemplate';
const BY_ID = { id: 'LaunchTemplateId', name: 'LaunchTemplateName', version: 'Version' };
const OVERRIDE = 'the override MetadataOptions.HttpTokens: "required"';
const REQUIRED = { key: 'HttpTokens', required: 'required', weak: ['optional'] };
const HOPS = 'HttpPutResponseHopLimit';
const KARPENTER = 'https://karpenter.sh/docs/concepts/nodeclasses/#specmetadataoptions';
const EMR_IMDS = 'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-create-security-configuration.html#emr-security-configuration-imdsv2';
const APPSTREAM = 'https://docs.aws.amazon.com/appstream2/latest/APIReference/API_CreateFleet.html';
const BEANSTALK = 'https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html';
const AL2023_PLATFORM = [ // platforms of AWS have no account in their ARN; of Windows the page says both, so silence there stays a violation
  { path: ['SolutionStackName'], pattern: '64bit Amazon Linux 2023 *', verdict: 'compliant', page: BEANSTALK },
  { path: ['PlatformArn'], pattern: 'arn:*:elasticbeanstalk:*::platform/*64bit Amazon Linux 2023/*', verdict: 'compliant', page: BEANSTALK },
] as const;
// its page is no longer there; the comments say: without the block tokens are required, in a block that leaves them out they are optional
const OLD_KARPENTER = 'https://github.com/aws/karpenter-provider-aws/blob/0e4c2c7d4d6d1ca935a154382718cad6adcae0fe/pkg/apis/v1alpha1/provider.go';
const OLD_KARPENTER_KINDS = [ // before v1beta1
  [ofKind('AWSNodeTemplate'), 'spec'],
  [ofKind('Provisioner'), 'spec', 'provider'],
] as const;
const ACK_VERSIONS = ['v1alpha1', 'v1beta1', 'v1'].map(version => `ec2.services.k8s.aws/${version}`); // so far there is the first alone
const CHART_IS_NOT_READ = 'what the chart makes of its values is only known when it is installed, and Karpenter launches from it; set httpTokens to required there';
const AWS_CUSTOM_RESOURCE = 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources.AwsCustomResource.html';
const SDK_CALLS: readonly CallPlace[] = ['Create', 'Update', 'Delete'].map(path => ({ form: 'sdk call', path: [path] }));
const NODE_CLASS = ['ec2nodeclass', 'awsnodetemplate', 'metadataoptions'];
// AWS Controllers for Kubernetes: the custom resources have no defaults, so that EC2's hold where nothing is said
const ACK = 'https://github.com/aws-controllers-k8s/ec2-controller/blob/623fbf46b9b70a11a40c685591dde2d4bbe43b80/apis/v1alpha1';

/** Objects of Kubernetes in a property. */
const MANIFEST: Omit<LaunchSurface, 'type'> = {
  page: KARPENTER,
  container: ['Manifest', JSON_TEXT, ofKind('EC2NodeClass'), 'spec', 'metadataOptions'],
  tokens: { key: 'httpTokens', required: 'required', weak: ['optional'] },
  hopLimit: 'httpPutResponseHopLimit',
  endpoint: 'httpEndpoint',
  onlyWhereWritten: true, // Karpenter's own defaults are tokens required and hop limit 1
  alsoIn: [
    ...OLD_KARPENTER_KINDS.map(kind => ({
      page: OLD_KARPENTER,
      container: ['Manifest', JSON_TEXT, ...kind, 'metadataOptions'],
      onlyWhereWritten: true,
      tokensAmongWritten: true,
      follows: [{ path: ['Manifest', JSON_TEXT, ...kind, 'launchTemplate'], to: LAUNCH_TEMPLATE }], // in place of the one that Karpenter makes
    } as const)),
    {
      page: `${ACK}/instance.go`,
      container: ['Manifest', JSON_TEXT, ofKind('Instance', ACK_VERSIONS), 'spec', 'metadataOptions'],
      follows: [
        {
          path: ['Manifest', JSON_TEXT, ofKind('Instance', ACK_VERSIONS), 'spec', 'launchTemplate'],
          to: LAUNCH_TEMPLATE,
          keys: { id: 'launchTemplateID', name: 'launchTemplateName', version: 'version' },
        },
        // one that is an object of the cluster, by its name there: which template that is, nothing here tells
        { path: ['Manifest', JSON_TEXT, ofKind('Instance', ACK_VERSIONS), 'spec', 'launchTemplate', 'launchTemplateRef'], to: LAUNCH_TEMPLATE },
      ],
    },
    { page: `${ACK}/launch_template.go`, container: ['Manifest', JSON_TEXT, ofKind('LaunchTemplate', ACK_VERSIONS), 'spec', 'data', 'metadataOptions'] },
  ],
  yaml: true,
  document: 'manifest',
};

/**
 * Every CloudFormation type that decides how instances answer IMDS, or that launches instances without a say in it.
 *
 * One row a type, sorted by type. Nothing else in `src/` names a resource type.
 */
export const LAUNCH_SURFACES: readonly LaunchSurface[] = [
  {
    type: 'AWS::AppStream::AppBlockBuilder',
    page: `${CFN}/aws-resource-appstream-appblockbuilder.html`,
    noControl: 'the API has DisableIMDSV1 but the CloudFormation type lacks it',
  },
  {
    type: 'AWS::AppStream::Fleet',
    page: `${CFN}/aws-resource-appstream-fleet.html`,
    container: [],
    tokens: { key: 'DisableIMDSV1', required: true, weak: [false] },
    silence: [{ path: ['FleetType'], pattern: 'ELASTIC', verdict: 'compliant', page: APPSTREAM }], // of other fleets the age of the image decides
    optIn: 'the image needs an agent from 16 January 2024 or later, and a running fleet may have to be stopped first',
  },
  {
    type: 'AWS::AppStream::ImageBuilder',
    page: `${CFN}/aws-resource-appstream-imagebuilder.html`,
    container: [],
    tokens: { key: 'DisableIMDSV1', required: true, weak: [false] },
    optIn: 'the image needs an agent from 16 January 2024 or later',
    cdkLacksIt: true, // 2.276.0 has it, 2.258.0 does not
  },
  {
    type: 'AWS::AutoScaling::AutoScalingGroup',
    page: `${CFN}/aws-resource-autoscaling-autoscalinggroup.html`,
    follows: [
      { path: ['LaunchTemplate'], to: LAUNCH_TEMPLATE, keys: BY_ID },
      { path: ['MixedInstancesPolicy', 'LaunchTemplate', 'LaunchTemplateSpecification'], to: LAUNCH_TEMPLATE, keys: BY_ID },
      { path: ['MixedInstancesPolicy', 'LaunchTemplate', 'Overrides', EACH, 'LaunchTemplateSpecification'], to: LAUNCH_TEMPLATE, keys: BY_ID },
      { path: ['LaunchConfigurationName'], to: 'AWS::AutoScaling::LaunchConfiguration' },
    ],
    uncontrolled: [{ path: ['InstanceId'], why: 'a group made from an instance does not copy its metadata options; use a launch template' }],
    otherwise: 'the group names no launch template or launch configuration',
    renewedByUpdatePolicy: ['AutoScalingInstanceRefresh', 'AutoScalingReplacingUpdate', 'AutoScalingRollingUpdate'],
    replacedByUpdatePolicy: { policy: 'AutoScalingReplacingUpdate', switch: 'WillReplace' },
    cdk: [{ id: 'ASG', construct: 'autoscaling.AutoScalingGroup', launchTemplate: 'launchTemplate' }],
  },
  {
    type: 'AWS::AutoScaling::LaunchConfiguration',
    page: `${CFN}/aws-properties-autoscaling-launchconfiguration-metadataoptions.html`,
    container: ['MetadataOptions'],
    tokens: REQUIRED,
    hopLimit: HOPS,
    endpoint: 'HttpEndpoint',
    replacement: 'unless-unnamed', // every property is create-only; an unnamed one is replaced and its group stays
    nameProperty: 'LaunchConfigurationName',
    userData: ['UserData'],
    instanceProfile: ['IamInstanceProfile'],
    cdk: [{ id: 'LaunchConfig', construct: 'autoscaling.AutoScalingGroup', tokens: 'requireImdsv2: true' }],
  },
  {
    type: 'AWS::Backup::RestoreTestingSelection',
    page: `${CFN}/aws-resource-backup-restoretestingselection.html`,
    mentioning: ['ec2'],
    noControl: 'AWS Backup restores instances for its tests, and the type has no metadata options',
  },
  {
    type: 'AWS::Batch::ComputeEnvironment',
    page: 'https://docs.aws.amazon.com/batch/latest/userguide/imds-compute-environments.html',
    follows: [ // the property is true where it is not given
      { path: ['ComputeResources', 'LaunchTemplate'], to: LAUNCH_TEMPLATE, keys: BY_ID, createOnly: { unlessFalse: 'ReplaceComputeEnvironment' } },
      {
        path: ['ComputeResources', 'LaunchTemplate', 'Overrides', EACH], to: LAUNCH_TEMPLATE, keys: BY_ID, createOnly: { unlessFalse: 'ReplaceComputeEnvironment' },
      },
    ],
    // EC2 and SPOT are the other types: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-batch-computeenvironment-computeresources.html
    launchesNothing: [
      { path: ['ComputeResources', 'Type'], values: ['FARGATE', 'FARGATE_SPOT'] },
      { path: ['Type'], values: ['UNMANAGED', 'unmanaged'] }, // the instances are launched by other resources; CDK's L2 writes it small
    ],
    serviceManaged: [{ // https://docs.aws.amazon.com/batch/latest/userguide/ecs-managed-instances-compute-environments.html
      path: ['ComputeResources', 'Type'],
      values: ['ECS_MANAGED_INSTANCES'],
      why: 'ECS Managed Instances take no launch template and have no setting for tokens or hop limit; where IMDSv2 must be required, choose EC2 or SPOT with a launch template',
    }],
    nameProperty: 'ComputeEnvironmentName',
    renewedByService: { // where it is not replaced as a whole, see `follows`
      after: 'new version',
      why: 'since AWS Batch replaces the instances of an environment whose launch template has a new version, with the time for jobs that its UpdatePolicy gives',
      page: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_UpdatePolicy.html',
    },
    otherwise: 'AWS Batch picks the settings: account default or image',
    hopsNeeded: 2,
    attach: { conflicts: [] },
    cdk: [{ id: 'Resource', construct: 'the compute environment', launchTemplate: 'launchTemplate' }],
  },
  {
    type: 'AWS::BedrockAgentCore::CapacityProvider',
    page: `${CFN}/aws-resource-bedrockagentcore-capacityprovider.html`,
    noControl: 'its launch parameters have no metadata options',
  },
  {
    type: 'AWS::Cloud9::EnvironmentEC2',
    page: `${CFN}/aws-resource-cloud9-environmentec2.html`,
    noControl: 'no metadata options and no launch template; the account default or the image decides',
  },
  {
    type: 'AWS::CodeBuild::Fleet',
    page: `${CFN}/aws-resource-codebuild-fleet.html`,
    noControl: 'CodeBuild maintains the instances',
  },
  {
    type: 'AWS::CodeBuild::Project',
    page: 'https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html',
    mentioning: CALL_WORDS,
    calls: [{ form: 'script', path: ['Source', 'BuildSpec'] }, { form: 'script', path: ['SecondarySources', EACH, 'BuildSpec'] }],
  },
  {
    type: 'AWS::Config::RemediationConfiguration',
    page: `${CFN}/aws-resource-config-remediationconfiguration.html`,
    starts: [{
      at: [],
      document: ['TargetId'],
      parameters: [['Parameters', PARAMETER, 'StaticValue', 'Values']],
      openWith: [['Parameters', PARAMETER, 'ResourceValue']],
    }],
  },
  {
    type: 'AWS::DRS::LaunchConfigurationTemplate',
    page: `${CFN}/aws-resource-drs-launchconfigurationtemplate.html`,
    noControl: 'the service makes a launch template of its own for every source server',
  },
  {
    type: 'AWS::DataPipeline::Pipeline',
    page: `${CFN}/aws-resource-datapipeline-pipeline.html`,
    mentioning: ['ec2resource', 'emrcluster'],
    noControl: 'the instances of a pipeline have no metadata options',
  },
  {
    type: 'AWS::Deadline::Fleet',
    page: `${CFN}/aws-resource-deadline-fleet.html`,
    noControl: 'service-managed workers have no metadata options; customer-managed ones are launched by other resources',
  },
  {
    type: 'AWS::EC2::EC2Fleet',
    page: `${CFN}/aws-properties-ec2-ec2fleet-fleetlaunchtemplateoverridesrequest.html`,
    container: ['LaunchTemplateConfigs', EACH, 'Overrides', EACH, 'MetadataOptions'],
    tokens: REQUIRED,
    hopLimit: HOPS,
    endpoint: 'HttpEndpoint',
    onlyWhereWritten: true, // overrides win over the template, for fleets of type `instant` only; absent ones leave the template's
    replacement: 'always',
    follows: [{ path: ['LaunchTemplateConfigs', EACH, 'LaunchTemplateSpecification'], to: LAUNCH_TEMPLATE, keys: BY_ID, createOnly: true }],
    otherwise: 'the fleet names no launch template',
  },
  {
    type: 'AWS::EC2::Instance',
    page: `${CFN}/aws-properties-ec2-instance-metadataoptions.html`,
    container: ['MetadataOptions'],
    tokens: REQUIRED,
    hopLimit: HOPS,
    endpoint: 'HttpEndpoint',
    follows: [{ path: ['LaunchTemplate'], to: LAUNCH_TEMPLATE, keys: BY_ID, createOnly: true }],
    userData: ['UserData'],
    instanceProfile: ['IamInstanceProfile'],
    // not `requireImdsv2`, which writes a launch template and so replaces the instance
    cdk: [
      { id: 'Resource', construct: 'ec2.Instance', tokens: 'httpTokens: ec2.HttpTokens.REQUIRED', hopLimit: 'httpPutResponseHopLimit', endpoint: 'httpEndpoint' },
      // which have no such prop; an instance may be called so too
      { id: 'Resource/Resource', construct: 'CfnInstance (instance.instance) of the ec2.BastionHostLinux that makes it', tokens: OVERRIDE },
      { id: 'NatInstance/Resource', construct: 'CfnInstance (instance of each of gatewayInstances) of the ec2.NatInstanceProviderV2 that makes it', tokens: OVERRIDE },
    ],
  },
  {
    type: LAUNCH_TEMPLATE,
    page: `${CFN}/aws-properties-ec2-launchtemplate-metadataoptions.html`,
    container: ['LaunchTemplateData', 'MetadataOptions'],
    tokens: REQUIRED,
    hopLimit: HOPS,
    endpoint: 'HttpEndpoint',
    nameProperty: 'LaunchTemplateName',
    userData: ['LaunchTemplateData', 'UserData'],
    instanceProfile: ['LaunchTemplateData', 'IamInstanceProfile'],
    cdk: [
      {
        id: 'Resource', construct: 'ec2.LaunchTemplate', tokens: 'httpTokens: ec2.LaunchTemplateHttpTokens.REQUIRED', hopLimit: 'httpPutResponseHopLimit', endpoint: 'httpEndpoint',
      },
      { id: 'LaunchTemplate/Resource', construct: 'autoscaling.AutoScalingGroup that makes it', tokens: 'requireImdsv2: true' }, // a template may be called so too
    ],
  },
  {
    type: 'AWS::EC2::SpotFleet',
    page: `${CFN}/aws-properties-ec2-spotfleet-spotfleetlaunchspecification.html`,
    follows: [{
      path: ['SpotFleetRequestConfigData', 'LaunchTemplateConfigs', EACH, 'LaunchTemplateSpecification'], to: LAUNCH_TEMPLATE, keys: BY_ID, createOnly: true,
    }],
    uncontrolled: [{
      path: ['SpotFleetRequestConfigData', 'LaunchSpecifications'],
      why: 'inline launch specifications have no metadata options; use LaunchTemplateConfigs',
    }],
    otherwise: 'the fleet names no launch template',
  },
  {
    type: 'AWS::ECS::CapacityProvider',
    page: `${CFN}/aws-resource-ecs-capacityprovider.html`,
    follows: [{ path: ['AutoScalingGroupProvider', 'AutoScalingGroupArn'], to: 'AWS::AutoScaling::AutoScalingGroup', createOnly: true }],
    serviceManaged: [{ // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_InstanceLaunchTemplate.html
      path: ['ManagedInstancesProvider'],
      why: 'ECS Managed Instances have no setting for tokens or hop limit; where IMDSv2 must be required, choose a capacity provider with an Auto Scaling group',
    }],
    otherwise: 'the capacity provider names no Auto Scaling group',
    hopsNeeded: 2,
  },
  {
    type: 'AWS::EKS::Nodegroup',
    page: 'https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html',
    follows: [{ path: ['LaunchTemplate'], to: LAUNCH_TEMPLATE, keys: { id: 'Id', name: 'Name', version: 'Version' } }],
    silence: [{ path: ['AmiType'], pattern: 'AL2023_*', verdict: 'compliant', page: 'https://docs.aws.amazon.com/eks/latest/userguide/al2023.html' }],
    otherwise: 'EKS makes a launch template of its own: with AL2023 it requires IMDSv2, with other AMI types AWS does not say; '
      + 'a node group made without a template cannot be given one later',
    hopsNeeded: 1,
    runsPods: true,
    attach: { conflicts: ['DiskSize', 'RemoteAccess'] },
    renewedByService: {
      after: 'new version',
      why: 'since EKS recycles all nodes of a group whose launch template has a new version',
      page: 'https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html',
    },
    cdk: [{ id: 'Resource', construct: 'eks.Nodegroup', launchTemplate: 'launchTemplateSpec' }],
  },
  {
    type: 'AWS::EMR::Cluster',
    page: EMR_IMDS,
    follows: [{ path: ['SecurityConfiguration'], to: 'AWS::EMR::SecurityConfiguration', createOnly: true }],
    silence: ['emr-5.*', 'emr-6.*'].map(pattern => ({ path: ['ReleaseLabel'], pattern, verdict: 'violation', page: EMR_IMDS })),
    otherwise: 'without a security configuration the EMR release decides',
  },
  {
    type: 'AWS::EMR::InstanceFleetConfig',
    page: `${CFN}/aws-resource-emr-instancefleetconfig.html`,
    follows: [{ path: ['ClusterId'], to: 'AWS::EMR::Cluster', createOnly: true }],
    otherwise: 'the fleet names no cluster, whose security configuration decides',
  },
  {
    type: 'AWS::EMR::InstanceGroupConfig',
    page: `${CFN}/aws-resource-emr-instancegroupconfig.html`,
    follows: [{ path: ['JobFlowId'], to: 'AWS::EMR::Cluster', createOnly: true }],
    otherwise: 'the group names no cluster, whose security configuration decides',
  },
  {
    type: 'AWS::EMR::SecurityConfiguration',
    page: EMR_IMDS,
    container: ['SecurityConfiguration', JSON_TEXT, 'InstanceMetadataServiceConfiguration'],
    tokens: { key: 'MinimumInstanceMetadataServiceVersion', required: 2, weak: [1] },
    hopLimit: HOPS,
    hopLimitWithTokens: 1,
    replacement: 'always',
    nameProperty: 'Name',
  },
  {
    type: 'AWS::EVS::Environment',
    page: `${CFN}/aws-resource-evs-environment.html`,
    noControl: 'its hosts have no metadata options',
  },
  {
    type: 'AWS::ElasticBeanstalk::ConfigurationTemplate',
    page: BEANSTALK,
    container: ['OptionSettings', { where: { Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1' }, add: true }],
    tokens: { key: 'Value', required: 'true', weak: ['false'] },
    // made from another one, whose options it takes over where it has none of its own
    // of an environment, whose options it takes over, anything may be true
    silence: [
      { path: ['EnvironmentId'], pattern: '*', verdict: 'violation', page: `${CFN}/aws-resource-elasticbeanstalk-configurationtemplate.html` },
      ...AL2023_PLATFORM,
    ],
    follows: [{ path: ['SourceConfiguration', 'TemplateName'], to: 'AWS::ElasticBeanstalk::ConfigurationTemplate', createOnly: true }],
  },
  {
    type: 'AWS::ElasticBeanstalk::Environment',
    page: BEANSTALK,
    container: ['OptionSettings', { where: { Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1' }, add: true }],
    tokens: { key: 'Value', required: 'true', weak: ['false'] },
    silence: AL2023_PLATFORM,
    follows: [{ path: ['TemplateName'], to: 'AWS::ElasticBeanstalk::ConfigurationTemplate' }], // the environment's own settings win
    renewedByService: {
      after: 'edit',
      why: 'since Elastic Beanstalk terminates and replaces all instances of an environment whose launch configuration changes, as its own policy for updates says',
      page: 'https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-updating.html',
    },
  },
  {
    type: 'AWS::Events::Rule',
    page: `${CFN}/aws-properties-events-rule-target.html`,
    starts: [{
      at: ['Targets', EACH],
      document: ['Arn'],
      parameters: [['Input', JSON_TEXT, PARAMETER], ['InputTransformer', 'InputTemplate', JSON_TEXT, PARAMETER]],
      openWith: [['InputPath']],
      placeholdersIn: ['InputTransformer', 'InputTemplate'],
    }],
  },
  {
    type: 'AWS::FIS::ExperimentTemplate',
    page: 'https://docs.aws.amazon.com/fis/latest/userguide/actions-ssm-agent.html',
    starts: [{
      at: ['Actions'],
      isMap: true,
      document: ['Parameters', 'documentArn'],
      parameters: [['Parameters', 'documentParameters', JSON_TEXT, PARAMETER]],
    }],
  },
  {
    type: 'AWS::GameLift::ContainerFleet',
    page: `${CFN}/aws-resource-gamelift-containerfleet.html`,
    noControl: 'GameLift manages the instances',
  },
  {
    type: 'AWS::GameLift::Fleet',
    page: `${CFN}/aws-resource-gamelift-fleet.html`,
    noControl: 'GameLift manages the instances',
  },
  {
    type: 'AWS::GameLift::GameServerGroup',
    page: `${CFN}/aws-properties-gamelift-gameservergroup-launchtemplate.html`,
    follows: [{ path: ['LaunchTemplate'], to: LAUNCH_TEMPLATE, keys: BY_ID }],
    otherwise: 'the group names no launch template',
  },
  {
    type: 'AWS::ImageBuilder::DistributionConfiguration',
    page: `${CFN}/aws-properties-imagebuilder-distributionconfiguration-fastlaunchconfiguration.html`,
    meantWith: ['Distributions', EACH, 'FastLaunchConfigurations', EACH], // Windows instances that EC2 launches beforehand
    follows: [{
      path: ['Distributions', EACH, 'FastLaunchConfigurations', EACH, 'LaunchTemplate'],
      to: LAUNCH_TEMPLATE,
      keys: { id: 'LaunchTemplateId', name: 'LaunchTemplateName', version: 'LaunchTemplateVersion' },
    }],
    otherwise: 'EC2 Fast Launch takes the default of the account or the image; name a launch template that requires IMDSv2',
  },
  {
    type: 'AWS::ImageBuilder::Image',
    page: `${CFN}/aws-resource-imagebuilder-image.html`,
    follows: [{ path: ['InfrastructureConfigurationArn'], to: 'AWS::ImageBuilder::InfrastructureConfiguration', createOnly: true }],
    otherwise: 'without an infrastructure configuration the service picks the settings',
    hopsNeeded: 2, // https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_InstanceMetadataOptions.html
    hopsNeededWith: 'ContainerRecipeArn',
  },
  {
    type: 'AWS::ImageBuilder::ImagePipeline',
    page: `${CFN}/aws-resource-imagebuilder-imagepipeline.html`,
    follows: [{ path: ['InfrastructureConfigurationArn'], to: 'AWS::ImageBuilder::InfrastructureConfiguration' }],
    otherwise: 'without an infrastructure configuration the service picks the settings',
    hopsNeeded: 2,
    hopsNeededWith: 'ContainerRecipeArn',
  },
  {
    type: 'AWS::ImageBuilder::InfrastructureConfiguration',
    page: `${CFN}/aws-properties-imagebuilder-infrastructureconfiguration-instancemetadataoptions.html`,
    container: ['InstanceMetadataOptions'],
    tokens: REQUIRED,
    hopLimit: HOPS,
  },
  {
    type: 'AWS::Lambda::CapacityProvider',
    page: `${CFN}/aws-resource-lambda-capacityprovider.html`,
    noControl: 'Lambda manages the instances',
  },
  {
    type: 'AWS::Lambda::Function',
    page: `${CFN}/aws-properties-lambda-function-code.html`,
    mentioning: CALL_WORDS,
    calls: [{ form: 'script', path: ['Code', 'ZipFile'] }],
  },
  {
    type: 'AWS::LaunchWizard::Deployment',
    page: `${CFN}/aws-resource-launchwizard-deployment.html`,
    noControl: 'AWS Launch Wizard launches what its pattern says',
  },
  {
    type: 'AWS::Lightsail::Instance',
    page: `${CFN}/aws-resource-lightsail-instance.html`,
    noControl: 'only the Lightsail API has the setting (UpdateInstanceMetadataOptions)',
  },
  {
    type: 'AWS::M2::Environment',
    page: `${CFN}/aws-resource-m2-environment.html`,
    noControl: 'AWS Mainframe Modernization manages the instances',
  },
  {
    type: 'AWS::MGN::LaunchConfigurationTemplate',
    page: `${CFN}/aws-resource-mgn-launchconfigurationtemplate.html`,
    noControl: 'the service makes a launch template of its own for every source server',
  },
  {
    type: 'AWS::NimbleStudio::LaunchProfile',
    page: `${CFN}/aws-resource-nimblestudio-launchprofile.html`,
    noControl: 'its streaming instances have no metadata options',
  },
  {
    type: 'AWS::OpsWorks::Instance',
    page: `${CFN}/aws-resource-opsworks-instance.html`,
    noControl: 'no metadata options and no launch template; the account default or the image decides',
  },
  {
    type: 'AWS::OpsWorksCM::Server',
    page: `${CFN}/aws-resource-opsworkscm-server.html`,
    noControl: 'no metadata options and no launch template; the account default or the image decides',
  },
  {
    type: 'AWS::PCS::ComputeNodeGroup',
    page: 'https://docs.aws.amazon.com/pcs/latest/userguide/working-with_launch-templates_overview.html',
    follows: [{ path: ['CustomLaunchTemplate'], to: LAUNCH_TEMPLATE, keys: { id: 'TemplateId', version: 'Version' } }],
    otherwise: 'the group names no launch template',
  },
  {
    type: 'AWS::RDS::DBInstance',
    page: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-custom.html',
    mentioning: ['custom-oracle', 'custom-sqlserver'],
    noControl: 'RDS Custom launches an EC2 instance in the account, and the type has no metadata options',
  },
  {
    type: 'AWS::SSM::Association',
    page: `${CFN}/aws-resource-ssm-association.html`,
    starts: [{ at: [], document: ['Name'], parameters: [['Parameters', PARAMETER]] }],
  },
  {
    type: 'AWS::SSM::Document',
    page: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html',
    mentioning: CALL_WORDS,
    calls: [{ form: 'automation', path: ['Content'] }],
    yaml: true,
  },
  {
    type: 'AWS::SSM::MaintenanceWindowTask',
    page: `${CFN}/aws-properties-ssm-maintenancewindowtask-maintenancewindowautomationparameters.html`,
    starts: [{
      at: [],
      document: ['TaskArn'],
      parameters: [['TaskInvocationParameters', 'MaintenanceWindowAutomationParameters', 'Parameters', PARAMETER]],
    }],
  },
  {
    type: 'AWS::SSMIncidents::ResponsePlan',
    page: `${CFN}/aws-properties-ssmincidents-responseplan-ssmautomation.html`,
    starts: [{
      at: ['Actions', EACH, 'SsmAutomation'],
      document: ['DocumentName'],
      parameters: [['Parameters', { where: { Key: PARAMETER }, add: true }, 'Values']],
      openWith: [['DynamicParameters', { where: { Key: PARAMETER }, add: true }, 'Value']],
    }],
  },
  {
    type: 'AWS::SageMaker::Cluster',
    page: `${CFN}/aws-resource-sagemaker-cluster.html`,
    noControl: 'SageMaker HyperPod manages the instances',
  },
  {
    type: 'AWS::SageMaker::NotebookInstance',
    page: `${CFN}/aws-properties-sagemaker-notebookinstance-instancemetadataserviceconfiguration.html`,
    container: ['InstanceMetadataServiceConfiguration'],
    tokens: { key: 'MinimumInstanceMetadataServiceVersion', required: '2', weak: ['1'] },
  },
  {
    type: 'AWS::Scheduler::Schedule',
    page: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html',
    mentioning: CALL_WORDS,
    calls: [{ form: 'target', path: ['Target', 'Arn'], input: ['Target', 'Input'] }],
  },
  {
    type: 'AWS::Serverless::Function',
    page: 'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html',
    mentioning: CALL_WORDS,
    calls: [{ form: 'script', path: ['InlineCode'] }],
  },
  {
    type: 'AWS::Serverless::StateMachine',
    page: 'https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html',
    mentioning: CALL_WORDS,
    calls: [{ form: 'state machine', path: ['Definition'] }, { form: 'state machine', path: ['DefinitionUri'], isAddress: true }],
  },
  {
    type: 'AWS::ServiceCatalog::ServiceAction',
    page: `${CFN}/aws-resource-servicecatalog-serviceaction.html`,
    starts: [{
      at: [],
      document: ['Definition', { where: { Key: 'Name' } }, 'Value'],
      openWith: [['Definition', { where: { Key: 'Parameters' }, add: true }, 'Value', JSON_TEXT, { where: { Name: PARAMETER }, add: true }, 'Type']],
    }],
  },
  {
    type: 'AWS::StepFunctions::StateMachine',
    page: 'https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html',
    mentioning: CALL_WORDS,
    calls: [
      { form: 'state machine', path: ['DefinitionString'] },
      { form: 'state machine', path: ['Definition'] },
      { form: 'state machine', path: ['DefinitionS3Location', 'Key'], isAddress: true },
    ],
  },
  {
    type: 'AWS::WorkspacesInstances::WorkspaceInstance',
    page: `${CFN}/aws-properties-workspacesinstances-workspaceinstance-instancemetadataoptionsrequest.html`,
    container: ['ManagedInstance', 'MetadataOptions'],
    tokens: REQUIRED,
    hopLimit: HOPS,
    endpoint: 'HttpEndpoint',
    replacement: 'always',
    userData: ['ManagedInstance', 'UserData'],
    instanceProfile: ['ManagedInstance', 'IamInstanceProfile'],
  },
  {
    type: 'AWSQS::Kubernetes::Helm', // public types of AWS Quick Starts
    page: KARPENTER,
    mentioning: NODE_CLASS,
    follows: [],
    otherwise: CHART_IS_NOT_READ,
  },
  { type: 'AWSQS::Kubernetes::Resource', ...MANIFEST, mentioning: [...NODE_CLASS, 'provisioner', 'ec2.services.k8s.aws'] },
  {
    type: 'Custom::AWS', // what CDK's AwsCustomResource makes
    page: AWS_CUSTOM_RESOURCE,
    mentioning: CALL_WORDS,
    calls: SDK_CALLS,
  },
  {
    type: 'Custom::AWSCDK-EKS-HelmChart',
    page: KARPENTER,
    mentioning: NODE_CLASS,
    follows: [],
    otherwise: CHART_IS_NOT_READ,
  },
  {
    type: 'Custom::AWSCDK-EKS-KubernetesPatch',
    page: KARPENTER,
    mentioning: NODE_CLASS,
    container: ['ApplyPatchJson', JSON_TEXT, 'spec', 'metadataOptions'],
    tokens: { key: 'httpTokens', required: 'required', weak: ['optional'] },
    hopLimit: 'httpPutResponseHopLimit',
    endpoint: 'httpEndpoint',
    onlyWhereWritten: true, // what a patch leaves out stays as the node class has it
    alsoIn: [
      { page: OLD_KARPENTER, container: ['ApplyPatchJson', JSON_TEXT, 'spec', 'provider', 'metadataOptions'], onlyWhereWritten: true }, // of a Provisioner
      { page: `${ACK}/launch_template.go`, container: ['ApplyPatchJson', JSON_TEXT, 'spec', 'data', 'metadataOptions'], onlyWhereWritten: true },
    ],
    document: 'patch',
  },
  { type: 'Custom::AWSCDK-EKS-KubernetesResource', ...MANIFEST },
  {
    type: 'Custom::PclusterCluster',
    page: 'https://docs.aws.amazon.com/parallelcluster/latest/ug/cloudformation-v3.html',
    follows: [],
    otherwise: 'Imds.ImdsSupport of the cluster\'s configuration decides, or else the version of AWS ParallelCluster; set it to v2.0 before the cluster is made',
  },
];

/** Objects of Kubernetes; kubectl takes lists of a kind by name too. `apiVersions`: where others have the kind too. */
function ofKind(kind: string, apiVersions?: readonly string[]): ListStep {
  return { where: { ...apiVersions && { apiVersion: apiVersions }, kind }, heldIn: { where: { kind: ['List', `${kind}List`] }, key: 'items' } };
}

/** `AwsCustomResource` takes a type of its own, as `resourceType`; this property it always has. */
const OWN_TYPE: LaunchSurface = {
  type: 'Custom::*',
  page: AWS_CUSTOM_RESOURCE,
  mentioning: CALL_WORDS,
  calls: SDK_CALLS.map(call => ({ ...call, beside: 'InstallLatestAwsSdk' })),
};

const BY_TYPE = new Map(LAUNCH_SURFACES.map(surface => [surface.type, surface]));

/** The row of a CloudFormation type, if it is a launch surface. */
export function surfaceOf(type: string): LaunchSurface | undefined {
  return BY_TYPE.get(type) ?? (type.startsWith('Custom::') ? OWN_TYPE : undefined);
}
