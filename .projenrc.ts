import { awscdk, javascript } from 'projen';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-imds-guard',
  description: 'Enforce IMDSv2 on everything in an AWS CDK app that launches EC2 instances',
  keywords: ['aws', 'ec2', 'imds', 'imdsv2', 'instance-metadata', 'security', 'aspect', 'guardrail'],
  author: 'cdk-imds-guard maintainers',
  authorAddress: 'cdk-imds-guard@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-imds-guard/cdk-imds-guard.git',
  license: 'Apache-2.0',
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  cdkVersion: '2.258.0', // cdk-nag 3 needs `appConstruct`, which 2.257 lacks
  constructsVersion: '10.5.1',
  tsconfigDevFile: 'tsconfig.dev.json',
  peerDeps: ['cdk-nag@^3.0.0'],
  devDeps: [
    'aws-cdk@^2', // 3.0.0 cannot read the assemblies of aws-cdk-lib 2
    'aws-cdk-lib-newest@npm:aws-cdk-lib@^2.276.0', // the suite runs on the floor and on the newest; both at once prove two copies
    '@aws-cdk/aws-service-spec@^0.1.216',
    '@aws-cdk/service-spec-types',
    '@aws-cdk/cloudformation-diff',
    '@cdklabs/cdk-validator-cfnguard',
    '@jsii/kernel',
    'fast-check@^4',
    'js-yaml@^4',
    '@types/js-yaml@^4',
    '@types/node@^20', // the oldest Node that the library runs on
  ],
  publishToPypi: { distName: 'cdk-imds-guard', module: 'cdk_imds_guard' },
  publishToMaven: {
    javaPackage: 'io.github.cdkimdsguard',
    mavenGroupId: 'io.github.cdk-imds-guard',
    mavenArtifactId: 'cdk-imds-guard',
  },
  publishToNuget: { dotNetNamespace: 'CdkImdsGuard', packageId: 'CdkImdsGuard' },
  publishToGo: { moduleName: 'github.com/cdk-imds-guard/cdk-imds-guard-go' },
});

project.synth();
