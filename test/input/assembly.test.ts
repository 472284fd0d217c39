import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aws_ec2 as ec2, aws_s3_assets as s3assets, aws_servicecatalog as servicecatalog, CfnStack, CfnStackSet, LegacyStackSynthesizer, NestedStack, Stack, StackProps, Stage, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { judgeAll } from '../../src/engine/judge/judge';
import { AssemblyTemplate, isAssembly, readAssembly } from '../../src/input/assembly';
import { Files, folderWith } from '../support/files';
import { newApp, outcomeOf } from '../support/support';

const HOST = { Type: 'AWS::EC2::Instance' };
const WEAK = { metadataOptions: { httpTokens: 'optional' } };

/** A stack with a host in itself, in a nested stack, in one inside that, in a product and in a stack set. */
class Everywhere extends Stack {
  public constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    const network = new NestedStack(this, 'Network');
    const inner = new NestedStack(network, 'Inner');
    for (const each of [this, network, inner]) { new ec2.CfnInstance(each, 'Host', WEAK); }
    new servicecatalog.CloudFormationProduct(this, 'Product', {
      productName: 'product',
      owner: 'owner',
      productVersions: [{ cloudFormationTemplate: servicecatalog.CloudFormationTemplate.fromProductStack(new HostProduct(this, 'ProductStack')) }],
    });
    new CfnStackSet(this, 'StackSet', {
      stackSetName: 'set', permissionModel: 'SELF_MANAGED', templateBody: 'Resources:\n  Host: { Type: AWS::EC2::Instance }\n',
    });
  }
}

class HostProduct extends servicecatalog.ProductStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new ec2.CfnInstance(this, 'Host', WEAK);
  }
}

const WITH_PATHS = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };

/** Synthesizes into a folder of its own. */
function synthesized(build: (app: Stage) => unknown, context = {}): string {
  const outdir = join(folderWith(), 'cdk.out');
  const app = newApp(context, { outdir });
  build(app);
  outcomeOf(app);
  return outdir;
}

function templatesOf(directory: string): readonly AssemblyTemplate[] {
  const { templates, problems } = readAssembly(directory, 'cdk.out');
  expect(problems).toEqual([]);
  return templates;
}

const EVERYWHERE = ['App', 'App/Network', 'App/Network/Inner', 'App/Product', 'App/StackSet'];

describe.each([
  ['with paths and assets in the metadata of resources, as the CDK CLI asks for', WITH_PATHS],
  ['without them', {}],
])('an assembly %s', (_, context) => {
  const directory = synthesized(app => new Everywhere(app, 'App'), context);

  test('gives the templates of stacks and those inside them, by the names that a user knows', () => {
    expect(templatesOf(directory).map(({ stack }) => stack)).toEqual(EVERYWHERE);
  });

  test('gives the construct path of every host', () => {
    const hosts = templatesOf(directory).filter(({ stack }) => /^App(\/Network.*)?$/.test(stack)).map(({ constructPaths }) => constructPaths.get('Host'));

    expect(hosts).toEqual(['App/Host', 'App/Network/Host', 'App/Network/Inner/Host']);
  });

  test('tells which template is inside which', () => {
    const templates = templatesOf(directory);
    const stacks = new Map(templates.map(({ id, stack }) => [id, stack]));
    const inside = templates.map(({ stack, children }) => [stack, [...children!.values()].flat().map(id => stacks.get(id))]);

    expect(Object.fromEntries(inside)).toEqual({
      'App': ['App/Network', 'App/Product', 'App/StackSet'], 'App/Network': ['App/Network/Inner'], 'App/Network/Inner': [], 'App/Product': [], 'App/StackSet': [],
    });
  });

  test('is judged as a whole: no template of it stays unread', () => {
    const findings = [...judgeAll(templatesOf(directory)).values()].flatMap(judgement => judgement.findings);

    expect(findings.filter(({ rule }) => rule === 'undecided-template')).toEqual([]);
    expect(findings.filter(({ rule }) => rule === 'imdsv1-allowed')).toHaveLength(4);
  });
});

test('templates of Stages, and of Stages in them, are read', () => {
  const directory = synthesized(app => {
    new Stack(new Stage(app, 'Prod', { env: { account: '123456789012', region: 'eu-west-1' } }), 'App', { stackName: 'prod-app' });
    new Stack(new Stage(new Stage(app, 'Outer'), 'Inner'), 'App');
  });

  expect(templatesOf(directory)).toEqual([
    expect.objectContaining({ stack: 'Prod/App', stackName: 'prod-app', environment: 'aws://123456789012/eu-west-1', file: expect.stringMatching(/^cdk\.out\/assembly-Prod\/\w+\.template\.json$/) }),
    expect.objectContaining({ stack: 'Outer/Inner/App', stackName: 'Outer-Inner-App', environment: undefined }),
  ]);
});

test('a nested stack is in the environment of its parent, a stack set and a product may be anywhere', () => {
  const environments = templatesOf(synthesized(app => new Everywhere(app, 'App', { env: { account: '123456789012', region: 'eu-west-1' } })))
    .map(({ stack, environment }) => [stack, environment]);

  expect(Object.fromEntries(environments)).toEqual({
    'App': 'aws://123456789012/eu-west-1',
    'App/Network': 'aws://123456789012/eu-west-1',
    'App/Network/Inner': 'aws://123456789012/eu-west-1',
    'App/Product': undefined,
    'App/StackSet': undefined,
  });
});

describe('a template that two stacks bring', () => {
  const weakIn = (region: string): object => ({
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, region] } },
    Resources: { Host: { ...HOST, Properties: { MetadataOptions: { HttpTokens: { 'Fn::If': ['C', 'optional', 'required'] } } } } },
  });
  const brought = (regions: readonly string[], inner: object): string => {
    const file = join(folderWith({ 'inner.json': inner }), 'inner.json');
    return synthesized(app => regions.forEach(region => {
      const stack = new Stack(app, region, { env: { account: '123456789012', region } });
      new CfnStack(new NestedStack(stack, 'Nested'), 'Inner', { templateUrl: new s3assets.Asset(stack, 'Asset', { path: file }).httpUrl });
    }));
  };
  const verdictOf = (directory: string): unknown => {
    const templates = templatesOf(directory);
    const { id } = templates.find(({ template }) => template.Conditions)!;
    return judgeAll(templates).get(id)!.resources.map(({ verdict }) => verdict);
  };

  test.each([[['eu-west-1', 'us-east-1']], [['us-east-1', 'eu-west-1']]])('of different Regions is held against both: %j', regions => {
    expect(verdictOf(brought(regions, weakIn('us-east-1')))).toEqual(['violation']);
  });

  test('of one Region is in that', () => {
    expect(verdictOf(brought(['eu-west-1'], weakIn('us-east-1')))).toEqual(['compliant']);
  });
});

describe('a template that a stack brings, which gives its parameter a safe value', () => {
  const inner = {
    Parameters: { T: { Type: 'String', Default: 'optional' } },
    Resources: { Host: { ...HOST, Properties: { MetadataOptions: { HttpTokens: { Ref: 'T' } } } } },
  };
  const outer = {
    Resources: {
      Nested: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: 'https://example.com/inner', Parameters: { T: 'required' } },
        Metadata: { 'aws:asset:path': 'inner.template.json', 'aws:asset:property': 'TemplateURL' },
      },
    },
  };
  const verdicts = (...stacks: readonly string[]): unknown => {
    const artifacts = stacks.map(name => [name, {
      type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile: `${name}.template.json` },
    }]);
    const templates = templatesOf(folderWith({
      'manifest.json': { version: '54.0.0', artifacts: Object.fromEntries(artifacts) }, 'inner.template.json': inner, 'outer.template.json': outer,
    }));
    const { id } = templates.find(({ template }) => template.Parameters)!;
    return judgeAll(templates).get(id)!.resources.map(({ verdict }) => verdict);
  };

  test('is safe where nothing else deploys it', () => {
    expect(verdicts('outer')).toEqual(['compliant']);
  });

  test.each([[['outer', 'inner']], [['inner', 'outer']]])('is not where it is a stack of its own, too: %j', stacks => {
    expect(verdicts(...stacks)).toEqual(['violation']);
  });
});

test('a template inside another is in the file of that one, at the property that holds it', () => {
  const [app, stackSet] = ['App', 'App/StackSet'].map(name => templatesOf(synthesized(each => new Everywhere(each, 'App'))).find(({ stack }) => stack === name)!);

  expect(stackSet).toMatchObject({
    id: `${app.id}#StackSet`, file: app.file, format: 'json', within: ['Resources', 'StackSet', 'Properties', 'TemplateBody'], template: { Resources: { Host: HOST } },
  });
});

test('nested stacks of the synthesizer of CDK 1 are found', () => {
  const directory = synthesized(app => new NestedStack(new Stack(app, 'App', { synthesizer: new LegacyStackSynthesizer() }), 'Network'));

  expect(templatesOf(directory).map(({ stack }) => stack)).toEqual(['App', 'App/Network']);
});

test('acknowledgements are read, for nested stacks too', () => {
  const directory = synthesized(app => {
    const stack = new Stack(app, 'App');
    Validations.of(new ec2.CfnInstance(new NestedStack(stack, 'Network'), 'Host')).acknowledge({ id: 'cdk-imds-guard::imdsv1-allowed', reason: 'a reason' });
    new Stack(app, 'Other');
  });
  const entries = [{ type: 'aws:cdk:acknowledged-rules', data: { 'cdk-imds-guard::imdsv1-allowed': 'a reason' } }];

  expect(templatesOf(directory).map(({ stack, metadata }) => [stack, metadata && [...metadata]])).toEqual([
    ['App', [['App/Network/Host', entries]]],
    ['App/Network', [['App/Network/Host', entries]]],
    ['Other', undefined],
  ]);
});

/** An assembly with one stack, written by hand. */
function assembly(files: Files = {}, artifacts: object = {}, version: unknown = '36.0.0'): string {
  return folderWith({
    'manifest.json': { version, artifacts: { App: { type: 'aws:cloudformation:stack', properties: { templateFile: 'App.template.json' } }, ...artifacts } },
    'App.template.json': { Resources: { Host: HOST } },
    'cdk.out': { version },
    ...files,
  });
}

const messagesOf = (directory: string): string[] => readAssembly(directory, 'out').problems.map(({ file, line, message }) => `${file}${line === undefined ? '' : `:${line}`} ${message}`);

describe('what an older or another version of CDK writes is read', () => {
  test.each(['0.36.0', '1.10.0', '48.0.0', '999.0.0'])('version %s', version => {
    expect(readAssembly(assembly({}, {}, version), 'out')).toMatchObject({ problems: [], templates: [{ stack: 'App', stackName: 'App' }] });
  });

  test('metadata in the manifest', () => {
    const metadata = {
      '/App/Host/Resource': [{ type: 'aws:cdk:logicalId', data: 'Host' }, { type: 'aws:cdk:acknowledged-rules', data: { 'cdk-imds-guard::imdsv1-allowed': 'why' } }],
      '/App/Network/Host': [{ type: 'aws:cdk:logicalId', data: 'Host' }],
      '/App/Network.NestedStack/Network.NestedStackResource': [{ type: 'aws:cdk:logicalId', data: 'Network' }],
    };
    const [template] = templatesOf(assembly({}, { App: { type: 'aws:cloudformation:stack', displayName: 'App', properties: { templateFile: 'App.template.json' }, metadata } }));

    expect([...template.constructPaths]).toEqual([['Host', 'App/Host/Resource']]);
    expect([...template.metadata!.keys()]).toEqual(['App/Host/Resource']);
  });

  test('a template in an artifact whose type is not known', () => {
    expect(templatesOf(assembly({ 'New.yaml': 'Resources: {}' }, { New: { type: 'aws:cloudformation:stack-refactoring', properties: { templateFile: 'New.yaml' } } })))
      .toEqual([expect.objectContaining({ stack: 'App' }), expect.objectContaining({ stack: 'New', format: 'yaml' })]);
  });

  test('a stack without anything in it', () => {
    expect(templatesOf(assembly({ 'App.template.json': {} }))).toHaveLength(1);
  });
});

describe('templates inside a template', () => {
  const nested = (url: unknown, metadata?: object): object => ({ Resources: { Network: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url }, Metadata: metadata } } });
  const assets = (files: object): Files => ({ 'App.assets.json': { version: '36.0.0', files } });
  const manifest = { 'App.assets': { type: 'cdk:asset-manifest', properties: { file: 'App.assets.json' } } };

  test('are found by the key that they are uploaded under, whatever it looks like', () => {
    const directory = assembly({
      'App.template.json': nested({ 'Fn::Sub': 'https://${Bucket}.s3.amazonaws.com/prefix/my-network.json' }),
      'asset.1.json': { Resources: { Host: HOST } },
      ...assets({ id1: { source: { path: 'asset.1.json', packaging: 'file' }, destinations: { here: { objectKey: 'prefix/my-network.json' } } } }),
    }, manifest);

    expect(templatesOf(directory).map(({ stack, file }) => [stack, file])).toEqual([['App', 'cdk.out/App.template.json'], ['App/Network', 'cdk.out/asset.1.json']]);
  });

  test('are read once, though two resources bring them and one of them is itself', () => {
    const directory = assembly({
      'App.template.json': {
        Resources: {
          One: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'id1' } },
          Two: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'id1' } },
          Self: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'id2' } },
        },
      },
      'asset.1.json': { Resources: {} },
      ...assets({ id1: { source: { path: 'asset.1.json' } }, id2: { source: { path: 'App.template.json' } } }),
    }, manifest);
    const [app, inner, ...others] = templatesOf(directory);

    expect(others).toEqual([]);
    expect([...app.children!]).toEqual([['One', [inner.id]], ['Two', [inner.id]], ['Self', [app.id]]]);
  });

  test('are no children where one of them is not there, so that somebody tells', () => {
    const directory = assembly({ 'App.template.json': nested({ 'Fn::If': ['A', 'id1', 'https://elsewhere/x.json'] }), 'asset.1.json': { Resources: {} }, ...assets({ id1: { source: { path: 'asset.1.json' } } }) }, manifest);
    const [app, inner] = templatesOf(directory);

    expect(inner).toMatchObject({ file: 'cdk.out/asset.1.json' });
    expect(app.children!.size).toBe(0);
  });

  test('are read from the assets even where no resource seems to bring them', () => {
    const directory = assembly({ 'Odd.template.json': { Resources: { Host: HOST } }, 'code.json': { Resources: {} }, ...assets({ a: { source: { path: 'Odd.template.json' } }, b: { source: { path: 'code.json' } } }) }, manifest);

    expect(templatesOf(directory).map(({ stack }) => stack)).toEqual(['App', 'Odd']);
  });

  test('are read from JSON text with functions in it', () => {
    const body = { 'Fn::Join': ['', ['{"Resources": {"Host": {"Type": "AWS::EC2::Instance", "Properties": {"ImageId": "', { Ref: 'Image' }, '"}}}}']] };
    const directory = assembly({ 'App.template.json': { Resources: { Set: { Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateBody: body } } } } });

    const [app, inside] = templatesOf(directory);

    expect(inside.template).toEqual({ Resources: { Host: { ...HOST, Properties: { ImageId: { Ref: 'placeholder 0' } } } } });
    expect([...inside.placeholders!]).toEqual([['placeholder 0', { Ref: 'Image' }]]);
    expect(app.placeholders).toBeUndefined();
  });

  test('bring others by an address that the text puts together', () => {
    const url = ['https://s3.', { Ref: 'AWS::URLSuffix' }, '/my-network.json'];
    const body = { 'Fn::Join': ['', ['{"Resources": {"Network": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "', ...url, '"}}}}']] };
    const directory = assembly({
      'App.template.json': { Resources: { Set: { Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateBody: body } } } },
      'asset.1.json': { Resources: { Host: HOST } },
      ...assets({ id1: { source: { path: 'asset.1.json', packaging: 'file' }, destinations: { here: { objectKey: 'my-network.json' } } } }),
    }, manifest);

    expect(templatesOf(directory).map(({ stack }) => stack)).toEqual(['App', 'App/Set', 'App/Set/Network']);
  });

  describe('as text with functions', () => {
    const SUB = 'Fn::Sub';
    const text = (tokens: unknown, more: object = {}, type = 'AWS::EC2::Instance'): string => (
      JSON.stringify({ ...more, Resources: { I: { Type: type, Properties: { MetadataOptions: { HttpTokens: tokens } } } } })
    );
    const allowing = (...AllowedValues: string[]): object => ({ Parameters: { Tokens: { Type: 'String', Default: AllowedValues[0], AllowedValues } } });
    const weak = { Parameters: { Tokens: { Type: 'String', Default: 'optional' } } };
    const safe = allowing('required');
    const verdictsOf = (body: unknown, sections: object, environment?: string): [string[], string[]] => {
      const App = { type: 'aws:cloudformation:stack', environment, properties: { templateFile: 'App.template.json' } };
      const directory = assembly({ 'App.template.json': { ...sections, Resources: { Set: { Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateBody: body, StackInstancesGroup: [{}] } } } } }, { App });
      const resources = [...judgeAll(templatesOf(directory)).values()].flatMap(judgement => judgement.resources);
      return [resources.map(({ logicalId, verdict }) => `${logicalId} ${verdict}`), messagesOf(directory)];
    };

    test.each<[string, unknown, object, string]>([
      ['a placeholder of the parent, and not the parameter of the same name', { [SUB]: text('${Tokens}', safe) }, weak, 'I violation'],
      ['a placeholder of the parent that is safe', { [SUB]: text('${Tokens}', weak) }, safe, 'I compliant'],
      ['a placeholder of the parent that is not known', { [SUB]: text('${Tokens}', safe) }, { Parameters: { Tokens: { Type: 'String' } } }, 'I cannot tell'],
      ['a placeholder with variables of its own', { [SUB]: [text('${T}', safe), { T: 'optional' }] }, {}, 'I violation'],
      ['a placeholder in a text', { [SUB]: text('re${Rest}', safe) }, { Parameters: { Rest: { AllowedValues: ['quired'] } } }, 'I compliant'],
      ['a piece of the parent', { 'Fn::Join': ['', text('@', safe).split(/(?=@)|(?<=@)/).map(each => each === '@' ? { Ref: 'Tokens' } : each)] }, weak, 'I violation'],
      ['a piece of the parent that is safe', { 'Fn::Join': ['', text('@', weak).split(/(?=@)|(?<=@)/).map(each => each === '@' ? { Ref: 'Tokens' } : each)] }, safe, 'I compliant'],
      ['a parameter of its own', { [SUB]: text({ Ref: 'Tokens' }, safe) }, weak, 'I compliant'],
      ['a parameter of its own that is weak', { [SUB]: text({ Ref: 'Tokens' }, weak) }, safe, 'I violation'],
      ['a parameter of its own in a text', { [SUB]: text({ [SUB]: '${!Tokens}' }, safe) }, weak, 'I compliant'],
      ['a parameter of its own in a literal text', text({ [SUB]: '${Tokens}' }, safe), weak, 'I compliant'],
      ['a default that is the parent\'s', { [SUB]: text({ Ref: 'Own' }, { Parameters: { Own: { Default: '${Tokens}' } } }) }, weak, 'I violation'],
      ['a default that is the parent\'s and safe', { [SUB]: text({ Ref: 'Own' }, { Parameters: { Own: { Default: '${Tokens}' } } }) }, safe, 'I compliant'],
      ['a default that is the parent\'s and not known', { [SUB]: text({ Ref: 'Own' }, { Parameters: { Own: { Default: '${Tokens}' } } }) }, { Parameters: { Tokens: { Type: 'String' } } }, 'I cannot tell'],
      ['a default that is not known, of a parameter that is held to safe values', { [SUB]: text({ Ref: 'Own' }, { Parameters: { Own: { Default: '${Tokens}', AllowedValues: ['required'] } } }) }, { Parameters: { Tokens: { Type: 'String' } } }, 'I compliant'],
      ['a default that is perhaps safe', { [SUB]: text({ Ref: 'Own' }, { Parameters: { Own: { Default: '${Tokens}' } } }) }, { Parameters: { Tokens: { Type: 'String', Default: 'required' } } }, 'I cannot tell'],
      ['a number of the parent', { [SUB]: text('required').replace('}}}}', ',"HttpPutResponseHopLimit":${Hops}}}}}') }, { Parameters: { Hops: { Type: 'Number', Default: 2, AllowedValues: [2] } } }, 'I compliant'],
      ['a number of the parent that EC2 does not take', { [SUB]: text('required').replace('}}}}', ',"HttpPutResponseHopLimit":${Hops}}}}}') }, { Parameters: { Hops: { Type: 'Number', Default: 65 } } }, 'I violation'],
      ['text in quotes of the parent', { [SUB]: text('@').replace('"@"', '${Tokens}') }, allowing('"required"'), 'I compliant'],
      ['an object of the parent', { [SUB]: text('@').replace('{"HttpTokens":"@"}', '${Tokens}') }, allowing('{"HttpTokens":"optional"}'), 'I cannot tell'],
      ['a resource of the parent', { [SUB]: '{"Resources":{"I":${Tokens}}}' }, allowing(text('required')), 'Set cannot tell'],
      ['an allowed value that is the parent\'s', { [SUB]: text({ Ref: 'Own' }, { Parameters: { Own: { AllowedValues: ['required', '${Tokens}'] } } }) }, weak, 'I cannot tell'],
      ['a condition about the parent', { [SUB]: text({ 'Fn::If': ['C', 'required', 'optional'] }, { Conditions: { C: { 'Fn::Equals': ['${Tokens}', 'required'] } } }) }, safe, 'I compliant'],
      ['a condition about the parent that does not hold', { [SUB]: text({ 'Fn::If': ['C', 'required', 'optional'] }, { Conditions: { C: { 'Fn::Equals': ['${Tokens}', 'optional'] } } }) }, safe, 'I violation'],
      ['a type that is the parent\'s', { [SUB]: text('required', {}, '${Type}') }, {}, 'Set cannot tell'],
      ['a key that is the parent\'s', { [SUB]: text('required').replace('HttpTokens', '${Key}') }, {}, 'Set cannot tell'],
      ['a body in its body', { [SUB]: JSON.stringify({ Resources: { Inner: { Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateBody: text('${Tokens}', safe) } } } }) }, weak, 'Inner cannot tell'],
    ])('%s', (_, body, sections, expected) => expect(verdictsOf(body, sections)).toEqual([[expected], []]));

    test('knows the Region of the parent, where the text is put together', () => {
      const body = { [SUB]: text({ 'Fn::FindInMap': ['M', '${AWS::Region}', 't'] }, { Mappings: { M: { 'eu-west-1': { t: 'required' }, 'us-east-1': { t: 'optional' } } } }) };

      expect(verdictsOf(body, {}, 'aws://123456789012/eu-west-1')[0]).toEqual(['I compliant']);
      expect(verdictsOf(body, {}, 'aws://123456789012/us-east-1')[0]).toEqual(['I violation']);
      expect(verdictsOf(body, {})[0]).toEqual(['I violation']);
    });

    test('is not known where it is one of several, of which another cannot be read', () => {
      const body = { 'Fn::If': ['C', { [SUB]: text('${Tokens}') }, { Ref: 'Body' }] };

      expect(verdictsOf(body, safe)[0].sort()).toEqual(['I cannot tell', 'Set cannot tell']);
    });
  });

  test('are left alone where they are not known before deployment', () => {
    const directory = assembly({
      'App.template.json': {
        Resources: {
          Set: { Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateBody: { Ref: 'Body' } } },
          Resolved: { Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateBody: '{{resolve:ssm:body}}' } },
          Previous: { Type: 'AWS::CloudFormation::ChangeSet', Properties: { UsePreviousTemplate: true } },
        },
      },
    });

    expect(templatesOf(directory).map(({ stack, children }) => [stack, children!.size])).toEqual([['App', 0]]);
  });

  test('that are broken are a problem of the file that they are in', () => {
    expect(messagesOf(assembly({ 'App.template.json': { Resources: { Set: { Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateBody: 'Resources: []' } } } } })))
      .toEqual(['out/App.template.json the template in \'Set\': \'Resources\' must be a map from logical ids to resources, got a list']);
  });

  test('that are not there are a problem', () => {
    const told = { 'aws:asset:path': 'gone.nested.template.json', 'aws:asset:property': 'TemplateURL' };

    expect(messagesOf(assembly({ 'App.template.json': nested('x', told) })))
      .toEqual(['out/gone.nested.template.json the cloud assembly lists this file, but it is not there; run `cdk synth` again']);
  });
});

describe('a broken assembly is one problem a fault, and the rest of it is read', () => {
  const NOT_THERE = 'the cloud assembly lists this file, but it is not there; run `cdk synth` again';

  test.each<[string, () => string, string[], number]>([
    ['a manifest that is not JSON', () => assembly({ 'manifest.json': '{\n "version": "36.0.0",\n oops' }), ['out/manifest.json:3 malformed JSON, invalid symbol; run `cdk synth` again'], 0],
    ['an empty manifest', () => assembly({ 'manifest.json': '' }), ['out/manifest.json:1 malformed JSON, value expected; run `cdk synth` again'], 0],
    ['a list as manifest', () => assembly({ 'manifest.json': [] }), ['out/manifest.json an object was expected in this file; run `cdk synth` again'], 0],
    ['no version', () => assembly({}, {}, null), ['out/manifest.json no manifest of a cloud assembly: it has no \'version\' such as 36.0.0; run `cdk synth` again'], 0],
    ['a version before the first', () => assembly({}, {}, '0.33.0'), ['out/manifest.json version 0.33.0 of the manifest cannot be read, 0.36.0 is the first; use a newer CDK; run `cdk synth` again'], 0],
    ['artifacts as a list', () => assembly({ 'manifest.json': { version: '36.0.0', artifacts: [] } }), ['out/manifest.json broken manifest: \'artifacts\' must be an object; run `cdk synth` again'], 0],
    ['an artifact that is none', () => assembly({}, { Odd: 1 }), ['out/manifest.json broken manifest: artifact \'Odd\' must be an object; run `cdk synth` again'], 0],
    ['a stack without a template', () => assembly({}, { Odd: { type: 'aws:cloudformation:stack' } }), ['out/manifest.json broken manifest: the stack \'Odd\' has no \'templateFile\'; run `cdk synth` again'], 1],
    ['an assembly without a directory', () => assembly({}, { Odd: { type: 'cdk:cloud-assembly' } }), ['out/manifest.json broken manifest: the assembly \'Odd\' has no \'directoryName\'; run `cdk synth` again'], 1],
    ['a template that is missing', () => assembly({}, { Gone: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Gone.template.json' } } }), [`out/Gone.template.json ${NOT_THERE}`], 1],
    ['a template that is malformed', () => assembly({ 'App.template.json': '{\n "Resources": }' }), ['out/App.template.json:2 malformed JSON, value expected; correct it here'], 0],
    ['an assembly that is missing', () => assembly({}, { Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'gone' } } }), [`out/gone/manifest.json ${NOT_THERE}`], 1],
    ['an asset manifest that is missing', () => assembly({}, { Assets: { type: 'cdk:asset-manifest', properties: { file: 'gone.json' } } }), [`out/gone.json ${NOT_THERE}`], 1],
    ['metadata that are missing', () => assembly({}, { App: { type: 'aws:cloudformation:stack', properties: { templateFile: 'App.template.json' }, additionalMetadataFile: 'gone.json' } }), [`out/gone.json ${NOT_THERE}`], 1],
    ['no template', () => assembly({ 'manifest.json': { version: '36.0.0', artifacts: { Tree: { type: 'cdk:tree' } } } }), ['out/manifest.json no template in this cloud assembly; add a stack to the app and run `cdk synth` again'], 0],
    ['no artifact', () => assembly({ 'manifest.json': { version: '36.0.0' } }), ['out/manifest.json no template in this cloud assembly; add a stack to the app and run `cdk synth` again'], 0],
    ['no manifest', () => folderWith(), [`out/manifest.json ${NOT_THERE}`], 0],
  ])('%s', (_, make, messages, count) => {
    const directory = make();

    expect(messagesOf(directory)).toEqual(messages);
    expect(readAssembly(directory).templates).toHaveLength(count);
  });

  test('an assembly that is its own part does not go on for ever', () => {
    expect(templatesOf(assembly({}, { Self: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } }))).toHaveLength(1);
  });

  test('metadata that are no JSON cost the construct paths, and are told', () => {
    const directory = synthesized(app => new ec2.CfnInstance(new Stack(app, 'App'), 'Host'));
    expect([...templatesOf(directory)[0].constructPaths]).toEqual([['Host', 'App/Host']]);
    const { artifacts: { App: { additionalMetadataFile: file } } } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as { artifacts: { App: { additionalMetadataFile: string } } };
    writeFileSync(join(directory, file), '{');

    expect([...readAssembly(directory).templates[0].constructPaths]).toEqual([]);
    expect(messagesOf(directory)).toEqual([expect.stringMatching(/App\.metadata\.json:1 malformed JSON, .*; run `cdk synth` again$/)]);
  });
});

describe('a directory', () => {
  test('is an assembly by its manifest, be it broken', () => {
    expect(isAssembly(assembly())).toBe(true);
    expect(isAssembly(folderWith({ 'manifest.json': { artifacts: {} } }))).toBe(true);
    expect(isAssembly(folderWith({ 'manifest.json': '{', 'App.template.json': {} }))).toBe(true);
  });

  test('with another manifest, or none, is no assembly', () => {
    expect(isAssembly(folderWith({ 'manifest.json': { name: 'a web app' }, 'index.html': '' }))).toBe(false);
    expect(isAssembly(folderWith({ 'App.template.json': {} }))).toBe(false);
    const folder = folderWith();
    mkdirSync(join(folder, 'manifest.json'));
    expect(isAssembly(folder)).toBe(false);
    rmSync(folder, { recursive: true });
    expect(isAssembly(folder)).toBe(false);
  });

  test('is named as the user names it', () => {
    expect(readAssembly(assembly(), '.').templates[0].file).toBe('App.template.json');
    expect(readAssembly(assembly(), '../x/').templates[0].file).toBe('../x/App.template.json');
  });
});
