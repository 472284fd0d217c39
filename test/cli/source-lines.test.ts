import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Report } from '../../src/engine/findings/report';
import { addFiles, folderWith } from '../support/files';
import { imdsGuard } from '../support/terminal';

const HOST = { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: 'optional' } } };
const CODE = 'new ec2.CfnInstance(this, \'Host\');\n';

interface Told {
  readonly trace?: readonly string[];

  /** Where the trace stands, as CDK writes it. */
  readonly entries?: (trace: readonly string[]) => object[];
  readonly inManifest?: boolean;
}

const CREATION_STACK = (data: readonly string[]): object[] => [{ type: 'aws:cdk:logicalId', data: 'Host' }, { type: 'aws:cdk:creationStack', data }];
const BESIDE_LOGICAL_ID = (trace: readonly string[]): object[] => [{ type: 'aws:cdk:logicalId', data: 'Host', trace }];

/** A repository with an app in `infra/` and what it was synthesized to. */
function repositoryWith({ trace, entries = CREATION_STACK, inManifest }: Told = {}): string {
  const root = folderWith({ '.git/HEAD': '', 'infra/lib/web-stack.ts': CODE });
  const metadata = { '/Web/Host': entries(trace ?? [`new WebStack (${root}/infra/lib/web-stack.ts:41:5)`]) };
  addFiles(root, {
    'infra/cdk.out/manifest.json': {
      version: '54.0.0',
      artifacts: {
        Web: {
          type: 'aws:cloudformation:stack',
          properties: { templateFile: 'Web.template.json' },
          ...inManifest ? { metadata } : { additionalMetadataFile: 'Web.metadata.json' },
        },
      },
    },
    'infra/cdk.out/Web.template.json': { Resources: { Host: HOST } },
    ...!inManifest && { 'infra/cdk.out/Web.metadata.json': metadata },
  });
  return root;
}

async function reportOf(root: string, cwd = join(root, 'infra'), paths: readonly string[] = []): Promise<Report> {
  return JSON.parse((await imdsGuard(cwd, ['check', ...paths, '--format', 'json'])).stdout) as Report;
}

const SOURCE = { file: 'lib/web-stack.ts', line: 41, column: 5, inRepository: 'infra/lib/web-stack.ts' };

describe('a finding has the line that made the construct', () => {
  test.each<[string, Told]>([
    ['in a file of its own', {}],
    ['in the manifest', { inManifest: true }],
    ['beside the logical id', { entries: BESIDE_LOGICAL_ID, inManifest: true }],
  ])('where the assembly has it %s', async (_, told) => {
    expect((await reportOf(repositoryWith(told))).findings).toMatchObject([{ logicalId: 'Host', source: SOURCE, line: 7 }]);
  });

  test('from the working directory and from the root of the repository', async () => {
    const root = repositoryWith();
    expect((await reportOf(root, root, ['infra/cdk.out'])).findings[0].source).toEqual({ ...SOURCE, file: 'infra/lib/web-stack.ts' });
    rmSync(join(root, '.git'), { recursive: true });
    expect((await reportOf(root)).findings[0].source).toEqual({ ...SOURCE, inRepository: 'lib/web-stack.ts' });
  });

  test('of the template that is nested, too', async () => {
    const root = repositoryWith();
    const nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'x' }, Metadata: { 'aws:asset:path': 'Net.nested.template.json', 'aws:asset:property': 'TemplateURL' } };
    addFiles(root, {
      'infra/cdk.out/Web.template.json': { Resources: { Net: nested } },
      'infra/cdk.out/Net.nested.template.json': { Resources: { Host: { ...HOST, Metadata: { 'aws:cdk:path': 'Web/Net/Host' } } } },
      'infra/cdk.out/Web.metadata.json': { '/Web/Net/Host': CREATION_STACK([`f (${root}/infra/lib/web-stack.ts:7:1)`]) },
    });
    expect((await reportOf(root)).findings[0]).toMatchObject({ constructPath: 'Web/Net/Host', source: { file: 'lib/web-stack.ts', line: 7 } });
  });

  test('and the same fingerprint as without', async () => {
    const [some, other] = [await reportOf(repositoryWith()), await reportOf(repositoryWith({ entries: () => CREATION_STACK([]) }))];
    expect(other.findings[0]).not.toHaveProperty('source');
    expect(some.findings[0].fingerprint).toBe(other.findings[0].fingerprint);
  });
});

describe('a line that a platform could not show', () => {
  test.each([
    ['outside the repository', '/elsewhere/lib/web-stack.ts'],
    ['of a file that is gone', '{root}/infra/lib/gone.ts'],
  ])('is told, but it is no place in the repository: %s', async (_, file) => {
    const root = repositoryWith();
    const path = file.replace('{root}', root);
    addFiles(root, { 'infra/cdk.out/Web.metadata.json': { '/Web/Host': CREATION_STACK([`new WebStack (${path}:41:5)`]) } });
    expect((await reportOf(root)).findings[0].source).toEqual({ file: path, line: 41, column: 5 });
  });
});

describe('there is no line', () => {
  test.each<[string, Told]>([
    ['without a frame of the app', { trace: ['...jsii runtime, node internals...', '(no user code in 10 frames, use --stack-trace-limit to capture more)'] }],
    ['without traces', { entries: () => [{ type: 'aws:cdk:logicalId', data: 'Host' }] }],
    ['with a trace that is none', { entries: () => [{ type: 'aws:cdk:creationStack', data: 'x' }, { type: 'aws:cdk:creationStack', data: [1, {}] }] }],
  ])('%s', async (_, told) => {
    expect((await reportOf(repositoryWith(told))).findings[0]).not.toHaveProperty('source');
  });

  test('where the metadata cannot be read: the finding stays', async () => {
    const root = repositoryWith();
    addFiles(root, { 'infra/cdk.out/Web.metadata.json': '{' });
    const { findings, exitCode } = await reportOf(root);
    expect({ exitCode, count: findings.length }).toEqual({ exitCode: expect.any(Number) as number, count: 1 });
    expect(findings[0]).not.toHaveProperty('source');
  });
});

test('text, SARIF, GitHub and GitLab name the line', async () => {
  const root = repositoryWith();
  const check = async (format: string): Promise<string> => (await imdsGuard(join(root, 'infra'), ['check', '--format', format])).stdout;

  expect(await check('text')).toMatch(/at {8}lib\/web-stack\.ts:41:5\n +cdk\.out\/Web\.template\.json:7:/);
  expect(await check('github')).toContain('file=infra/lib/web-stack.ts,line=41,col=5');
  expect(JSON.parse(await check('gitlab'))).toMatchObject([{ location: { path: 'infra/lib/web-stack.ts', lines: { begin: 41 } } }]);
  expect(JSON.parse(await check('sarif'))).toMatchObject({
    runs: [{
      results: [{
        locations: [{ physicalLocation: { artifactLocation: { uri: 'infra/lib/web-stack.ts' }, region: { startLine: 41, startColumn: 5 } } }],
        relatedLocations: [{ physicalLocation: { artifactLocation: { uri: 'cdk.out/Web.template.json', uriBaseId: '%SRCROOT%' } } }],
      }],
    }],
  });
});
