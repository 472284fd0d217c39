/* eslint-disable @stylistic/max-len */ // a case a line
import { Kind, KINDS, LITERALS, Pick, Values } from './assembly-values';
import { TemplateSource } from '../../src/engine/evaluator/source';
import { JsonObject } from '../../src/engine/json/json';

export interface Assembly {
  readonly sources: readonly TemplateSource[];

  /** The stacks, by name, with every value of their parameters that matters. */
  readonly stacks: { readonly [name: string]: { readonly [parameter: string]: readonly string[] } };
}

interface Template {
  readonly source: TemplateSource;
  readonly parameters: { readonly [name: string]: readonly string[] };
  readonly outputs: readonly { readonly name: string; readonly kind: Kind; readonly exported?: unknown }[];
}

/** Stacks that import from each other, with nested stacks up to two deep, some of which are there several times. */
export function assembly(pick: Pick): Assembly {
  const leaves = pick(0, 1, 1, 2) > 0 ? [new Maker(pick, 'leaf').template()] : [];
  const middle = leaves.length > 0 && pick(true, false) ? [new Maker(pick, 'mid', leaves).template()] : [];
  const first = new Maker(pick, 'one', [...leaves, ...middle], [], true).template();
  const second = pick(true, false) ? [new Maker(pick, 'two', [...leaves, ...middle], [first], true).template()] : [];
  const stacks = [first, ...second];
  return {
    sources: [...leaves, ...middle, ...stacks].map(({ source }) => source),
    stacks: Object.fromEntries(stacks.map(({ source, parameters }) => [source.id, parameters])),
  };
}

/** Makes one template. */
class Maker extends Values {
  private readonly children = new Map<string, readonly string[]>();

  public constructor(
    pick: Pick,
    private readonly id: string,
    private readonly inner: readonly Template[] = [],
    private readonly exporters: readonly Template[] = [],
    private readonly isStack = false,
  ) {
    super(pick);
  }

  public template(): Template {
    const { pick } = this;
    const declared = this.parameters();
    Object.keys(declared).forEach(name => this.givers[KINDS[name]].push({ Ref: name }, { Ref: name }, { 'Fn::Sub': `\${${name}}` }));
    for (const { name, kind, exported } of this.exporters.flatMap(each => each.outputs)) {
      if (exported !== undefined) { this.givers[kind].push({ 'Fn::ImportValue': `one-${name}` }, { 'Fn::ImportValue': exported }); }
    }
    for (const name of ['A', 'B', 'C'].slice(pick(0, 1, 2))) { this.conditions[name] = this.condition(pick(0, 1, 2)); }
    const resources: JsonObject = {};
    for (const name of ['N', 'M', 'O'].slice(pick(0, 0, 1, 2))) { if (this.inner.length > 0) { this.nest(name, resources); } }
    for (const name of ['T', 'U'].slice(pick(0, 1))) {
      resources[name] = this.resource('AWS::EC2::LaunchTemplate', {
        ...pick(true, false, false) ? { LaunchTemplateName: pick<unknown>(`${this.id}-web`, { 'Fn::Sub': `${this.id}-\${AWS::StackName}` }, { 'Fn::If': [this.name(), `${this.id}-web`, `${this.id}-${name}`] }) } : {},
        LaunchTemplateData: this.maybe(() => ({ MetadataOptions: this.options(pick(true, false)) })),
      });
      this.givers.template.push({ Ref: name }, { 'Fn::Join': ['', [{ Ref: name }]] });
    }
    for (const name of ['I', 'J', 'K'].slice(pick(0, 1, 2))) { resources[name] = this.launcher(); }
    const outputs = ['X', 'Y', 'Z'].slice(pick(0, 0, 1, 2)).map(name => this.output(name));
    const template = {
      Parameters: declared,
      Conditions: this.conditions,
      Mappings: { Envs: this.map('prod', 'dev', 'other'), Regions: this.map('us-east-1', ...pick(true, false) ? ['eu-west-1'] : []) },
      Resources: resources,
      Outputs: Object.fromEntries(outputs.map(({ name, body }) => [name, body])),
    };
    return {
      source: { id: this.id, template, children: this.children, ...this.isStack ? { isStack: true, stackName: this.id } : {} },
      parameters: Object.fromEntries(Object.entries(declared).map(([name, each]) => [name, each.AllowedValues ?? [...new Set([each.Default ?? 'other', ...LITERALS[KINDS[name]], 'other'])]])),
      outputs,
    };
  }

  private parameters(): { [name: string]: { Type: string; AllowedValues?: string[]; Default?: string } } {
    const { pick } = this;
    return {
      Env: pick<any>({ AllowedValues: ['prod', 'dev'] }, { AllowedValues: ['prod', 'dev', 'other'], Default: 'prod' }, { Default: 'dev' }, {}),
      Tok: pick<any>({ AllowedValues: ['required', 'optional'] }, { AllowedValues: ['required'], Default: 'required' }, { Default: 'required' }, {}),
      ...pick(true, false) ? { End: pick<any>({ AllowedValues: ['enabled', 'disabled'] }, { Default: 'disabled' }) } : {},
      ...!this.isStack && pick(true, false) ? { Lt: { Default: 'lt-1' } as any } : {},
    };
  }

  private nest(name: string, resources: JsonObject): void {
    const { pick } = this;
    const child = pick(...this.inner);
    const given = Object.entries(child.parameters).filter(() => pick(true, true, false)).map(([key]) => [key, this.value(KINDS[key], pick(0, 1))]);
    const required = Object.keys(child.parameters).filter(key => !given.some(([one]) => one === key)).map(key => [key, this.value(KINDS[key], 1)]);
    const missing = required.filter(([key]) => !('Default' in (child.source.template as any).Parameters[key as string]));
    resources[name] = this.resource('AWS::CloudFormation::Stack', { TemplateURL: child.source.id, Parameters: Object.fromEntries([...given, ...missing]) });
    this.children.set(name, [child.source.id]);
    for (const output of child.outputs) { this.givers[output.kind].push({ 'Fn::GetAtt': pick<unknown>([name, `Outputs.${output.name}`], `${name}.Outputs.${output.name}`) }); }
  }

  private output(name: string): Template['outputs'][number] & { body: JsonObject } {
    const { pick } = this;
    const kind = pick<Kind>('tokens', 'endpoint', 'env', 'template');
    const exported = this.isStack && pick(true, false) ? pick<unknown>(`${this.id}-${name}`, { 'Fn::Sub': `\${AWS::StackName}-${name}` }) : undefined;
    const body = { Value: this.value(kind, pick(0, 1, 2)), ...exported === undefined ? {} : { Export: { Name: exported } }, ...pick(0, 0, 0, 1) ? { Condition: this.name() } : {} };
    return { name, kind, body, exported: exported === undefined ? undefined : `one-${name}` };
  }

  /** @param isPlain whether the settings are plainly there, which of the rest makes a difference to more verdicts */
  private options(isPlain = false): unknown {
    const { pick } = this;
    const options = (): unknown => ({
      ...pick(0, 1, 1, 1) ? { HttpTokens: pick<() => unknown>(() => 'required', () => this.value('tokens', pick(0, 1, 2)), () => this.maybe(() => this.value('tokens', 1)))() } : {},
      ...pick(0, 0, 1) ? { HttpEndpoint: this.value('endpoint', pick(0, 1)) } : {},
    });
    return isPlain ? pick<unknown>({ HttpTokens: 'required' }, options()) : this.maybe(options);
  }

  private specification(id = 'LaunchTemplateId', name = 'LaunchTemplateName'): unknown {
    const { pick } = this;
    const byName = pick(this.id, ...this.exporters.map(({ source }) => source.id));
    return {
      ...pick(true, true, true, false) ? { [id]: this.value('template', pick(0, 0, 1)) } : { [name]: pick<unknown>(`${byName}-web`, `${byName}-${byName}`, { 'Fn::If': [this.name(), `${byName}-web`, `${byName}-T`] }) },
      Version: pick('$Latest', '$Latest', '$Latest', '$Default', '1'),
    };
  }

  private launcher(): unknown {
    const { pick } = this;
    const one = (): unknown => this.specification();
    const override = (): JsonObject => pick(true, false) ? { LaunchTemplateSpecification: one() } : { InstanceType: 't3.micro' };
    const [type, properties] = pick<() => [string, unknown]>(
      () => ['AWS::EC2::Instance', { ...pick(0, 1, 1) ? { MetadataOptions: this.options() } : {}, ...pick(0, 1, 1) ? { LaunchTemplate: this.maybe(one) } : {} }],
    () => ['AWS::EC2::Instance', { MetadataOptions: this.options(pick(true, false)) }],
    () => ['AWS::AutoScaling::AutoScalingGroup', pick(true, false) ? { LaunchTemplate: this.maybe(one) } : { MixedInstancesPolicy: this.maybe(() => ({ LaunchTemplate: { LaunchTemplateSpecification: one(), Overrides: this.list(override) } })) }],
    () => ['AWS::EC2::EC2Fleet', { LaunchTemplateConfigs: this.list(() => ({ LaunchTemplateSpecification: one(), Overrides: this.list(() => pick(true, false) ? { MetadataOptions: this.options() } : {}) })) }],
    () => ['AWS::EKS::Nodegroup', { LaunchTemplate: this.maybe(() => this.specification('Id', 'Name')) }],
    () => ['AWS::Batch::ComputeEnvironment', { ComputeResources: { Type: { 'Fn::If': [this.name(), 'FARGATE', 'EC2'] }, LaunchTemplate: this.maybe(one) } }],
    () => ['AWS::ElasticBeanstalk::Environment', { OptionSettings: this.list(() => this.maybe(() => ({ Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value: { 'Fn::If': [this.name(), 'true', pick('true', 'false')] } }))).slice(0, 1) }],
    () => ['AWS::EMR::SecurityConfiguration', { SecurityConfiguration: { InstanceMetadataServiceConfiguration: this.maybe(() => ({ MinimumInstanceMetadataServiceVersion: { 'Fn::If': [this.name(), 2, pick(1, 2)] } })) } }],
    )();
    return this.resource(type, properties);
  }

  private list<T>(make: () => T): T[] {
    return Array.from({ length: this.pick(1, 1, 2) }, make);
  }

  private resource(type: string, properties: unknown): JsonObject {
    return { Type: type, ...this.pick(0, 0, 0, 1) ? { Condition: this.name() } : {}, Properties: properties };
  }
}
