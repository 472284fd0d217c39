import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnElement, NestedStack, PolicyValidationPluginReport, Stack, Stage } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { ImdsChecks, ImdsValidator } from '../../src';
import { acknowledgementsIn } from '../../src/engine/exemptions/acknowledgements';
import { RULES, RuleId } from '../../src/engine/findings/rules';
import { judgeAll } from '../../src/engine/judge/judge';
import { buildReport } from '../../src/engine/report/build-report';
import { readAssembly } from '../../src/input/assembly';
import { parseTemplate } from '../support/cfn-yaml';
import { Json, newApp, outcomeOf } from '../support/support';

/** A template as it is. */
class Raw extends CfnElement {
  public constructor(stack: Stack, private readonly template: Json) { super(stack, 'Raw'); }
  public _toCloudFormation(): object { return this.template; }
}

/** What the command line says of the assembly, as it composes it. */
function fromCommandLine(app: App): Set<string> {
  const { templates, problems } = readAssembly(app.outdir);
  const judgements = judgeAll(templates);
  const { findings } = buildReport({
    version: '0',
    date: '2026-01-01',
    problems,
    cannotTell: 'warn',
    templates: templates.map(each => ({
      ...each,
      source: each,
      judgement: judgements.get(each.id)!,
      acknowledgements: acknowledgementsIn([...each.metadata ?? []]),
    })),
  });
  return new Set(findings.filter(({ status }) => status === 'new').filter(isDecisive).map(({ rule, logicalId }) => `${rule} ${logicalId}`));
}

function fromPlugin(app: App, { violations }: PolicyValidationPluginReport, prefix: string): Set<string> {
  const elements = app.node.findAll().filter(each => CfnElement.isCfnElement(each));
  const logicalIds = new Map(elements.map(each => [each.node.path, String(each.stack.resolve(each.logicalId))]));
  const found = violations.map(each => ({ rule: each.ruleName.slice(prefix.length) as RuleId, resources: each.violatingResources }));
  return new Set(found.filter(isDecisive).flatMap(({ rule, resources }) => (
    resources.map(({ resourceLogicalId, constructPath }) => `${rule} ${resourceLogicalId ?? logicalIds.get(constructPath!) ?? constructPath}`)
  )));
}

function isDecisive({ rule }: { readonly rule: RuleId }): boolean {
  return RULES[rule].verdict !== 'advice';
}

/** What each says, once they have been seen to agree. */
function agreed(app: App): Set<string> {
  outcomeOf(app);
  const context = { appConstruct: app, templatePaths: [] };
  const expected = fromCommandLine(app);
  expect(fromPlugin(app, new ImdsValidator().validate(context), '')).toEqual(expected);
  expect(fromPlugin(app, new ImdsChecks(app).validate(context), 'ImdsChecks-')).toEqual(expected);
  return expected;
}

const values = fc.constantFrom<unknown>(
  'required', 'optional', undefined, 'nonsense', { Ref: 'Tokens' }, { Ref: 'Any' }, { 'Fn::If': ['IsLarge', 'required', 'optional'] },
);
const hops = fc.constantFrom<unknown>(undefined, 1, 2, 65, { Ref: 'Any' });
const options = fc.oneof(
  fc.record({ HttpTokens: values, HttpPutResponseHopLimit: hops }),
  fc.constantFrom<unknown>(undefined, { 'Fn::If': ['IsLarge', { HttpTokens: 'required' }, { Ref: 'AWS::NoValue' }] }),
);
const reference = fc.constantFrom<unknown>({ Ref: 'R0' }, { Ref: 'R1' }, 'lt-1', { 'Fn::ImportValue': 'template' });
const resource = fc.oneof(
  options.map(each => ({ Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: each } })),
  options.map(each => ({ Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: each } } })),
  options.map(each => ({ Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { MetadataOptions: each } })),
  reference.map(each => ({ Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: each, Version: '1' } } })),
  fc.constant({ Type: 'AWS::S3::Bucket' }),
);
const parts = fc.record({ resources: fc.array(resource, { maxLength: 4 }), exports: fc.boolean(), transform: fc.boolean() });
const template = parts.map(({ resources, exports, transform }) => ({
  Parameters: { Tokens: { Type: 'String', AllowedValues: ['required'], Default: 'required' }, Any: { Type: 'String', Default: 'optional' } },
  Conditions: { IsLarge: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] } },
  Resources: Object.fromEntries(resources.map((each, i) => [`R${i}`, each])),
  ...exports && resources.length > 0 && { Outputs: { Template: { Value: { Ref: 'R0' }, Export: { Name: 'template' } } } },
  ...transform && { Transform: 'Custom' },
}));
const apps = fc.record({ first: template, second: template, nested: template, staged: template });

test('the plugin, the pack and the command line say the same of generated apps', () => {
  const met = new Set<string>();
  fc.assert(fc.property(apps, ({ first, second, nested, staged }) => {
    const app = newApp();
    const one = new Stack(app, 'One');
    new Raw(one, first);
    new Raw(new NestedStack(one, 'Nested'), nested);
    new Raw(new Stack(app, 'Two'), second);
    new Raw(new Stack(new Stage(app, 'Stage'), 'Three'), staged);
    agreed(app).forEach(each => met.add(each.split(' ')[0]));
  }), { numRuns: 40, seed: 7 });
  expect([...met]).toEqual(expect.arrayContaining(['imdsv1-allowed', 'imdsv2-not-required', 'invalid-value', 'undecided-launch-template', 'undecided-transform']));
});

const FOLDER = join(__dirname, '../fixtures');

test.each(readdirSync(FOLDER).filter(file => /\.(yaml|json)$/.test(file)))('they say the same of the fixture %s', file => {
  const app = newApp();
  new Raw(new Stack(app, 'Stack'), parseTemplate(readFileSync(join(FOLDER, file), 'utf8')) as Json);
  expect(agreed(app).size > 0).toBe(file !== 'no-control.json');
});
