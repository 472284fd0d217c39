import { TemplateSource } from '../../../src/engine/evaluator/source';
import { judgeAll } from '../../../src/engine/judge/judge';
import { instance, linesOf, REQUIRED, template, verdictsIn } from '../../support/verdicts';

const HERE = 'aws://111111111111/eu-central-1';
const STRONG = template(REQUIRED);
const WEAK = template({});
const REGION = { Ref: 'AWS::Region' };

/** As CDK writes a reference to another stack where `@aws-cdk/core:defaultCrossStackReferences` is `weak`, as in each new app. */
const outputOf = (StackName: unknown, OutputName: unknown = 'Id', more: object = { Region: REGION }): object => ({ 'Fn::GetStackOutput': { StackName, OutputName, ...more } });

const producer = (resource: object, more: Partial<TemplateSource> = {}, others: object = {}, value: unknown = { Ref: 'T' }): TemplateSource => ({
  id: `producer ${JSON.stringify(more)}`,
  stackName: 'Hosts',
  isStack: true,
  template: { Resources: { T: resource }, Outputs: { Id: { Value: value, ...others }, Version: { Value: { 'Fn::GetAtt': ['T', 'LatestVersionNumber'] } } } },
  ...more,
});
const consumer = (id: unknown, more: Partial<TemplateSource> & { readonly version?: unknown } = {}): TemplateSource => {
  const { version = '$Latest', ...others } = more;
  return { id: 'consumer', template: { Resources: { I: instance({ LaunchTemplate: { LaunchTemplateId: id, Version: version } }) } }, ...others };
};
const verdictOn = (...sources: TemplateSource[]): string => verdictsIn(judgeAll(sources).get('consumer')!).I;
const reasonsOf = (...sources: TemplateSource[]): string[] => judgeAll(sources).get('consumer')!.findings.filter(each => each.verdict !== 'advice').map(each => each.reason);

describe('a launch template from an output of another stack', () => {
  test('is the one that is given out there', () => {
    expect(verdictOn(producer(STRONG), consumer(outputOf('Hosts')))).toBe('compliant');
    expect(verdictOn(producer(WEAK), consumer(outputOf('Hosts')))).toBe('violation');
    expect(verdictOn(consumer(outputOf('Hosts', 'Id', {})), producer(WEAK))).toBe('violation');
  });

  test('has a version from there, too', () => {
    const found = (version: unknown): string[] => linesOf(judgeAll([producer(STRONG), consumer(outputOf('Hosts'), { version })]).get('consumer')!);

    expect(found(outputOf('Hosts', 'Version'))).toEqual([]);
    expect(found(outputOf('Hosts', 'Other'))).toEqual(['I old-template-version LaunchTemplate.Version']);
  });

  test('is not known where the stack or the output is not among the templates', () => {
    expect(reasonsOf(producer(STRONG), consumer(outputOf('Others')))).toEqual([
      'which LaunchTemplate it uses cannot be decided: the output Id of the stack Others is not among the templates',
    ]);
    expect(reasonsOf(producer(STRONG), consumer(outputOf('Hosts', 'No')))).toEqual([
      'which LaunchTemplate it uses cannot be decided: the output No of the stack Hosts is not among the templates',
    ]);
    expect(verdictOn(producer(STRONG, { stackName: undefined }), consumer(outputOf('Hosts')))).toBe('cannot tell');
    expect(verdictOn(producer(STRONG), consumer(outputOf({ Ref: 'Nobody' })))).toBe('cannot tell');
  });

  test('is in the account and the Region that are meant', () => {
    const from = (region: string, account = '111111111111'): TemplateSource => producer(STRONG, { environment: `aws://${account}/${region}` });
    const to = (more?: object): TemplateSource => consumer(outputOf('Hosts', 'Id', more), { environment: HERE });

    expect(verdictOn(from('eu-central-1'), to())).toBe('compliant');
    expect(verdictOn(from('eu-central-1'), to({}))).toBe('compliant');
    expect(verdictOn(from('us-east-1'), to({}))).toBe('cannot tell');
    expect(verdictOn(from('us-east-1'), to({ Region: 'us-east-1' }))).toBe('compliant');
    expect(verdictOn(from('eu-central-1'), to({ Region: 'us-east-1' }))).toBe('cannot tell');
    expect(verdictOn(from('us-east-1', '222222222222'), to({ Region: 'us-east-1' }))).toBe('cannot tell');
    expect(verdictOn(from('eu-central-1'), to({ Region: { Ref: 'Nobody' } }))).toBe('cannot tell');
  });

  test('is not followed into what a role reads in another account', () => {
    expect(verdictOn(producer(STRONG), consumer(outputOf('Hosts', 'Id', { RoleArn: 'arn:aws:iam::222222222222:role/x' })))).toBe('cannot tell');
  });

  test('is each of those that it may be', () => {
    const sources = (east: object): TemplateSource[] => [
      producer(STRONG, { environment: HERE }), producer(east, { environment: 'aws://111111111111/us-east-1' }), consumer(outputOf('Hosts')),
    ];
    expect(verdictOn(...sources(STRONG))).toBe('compliant');
    expect(verdictOn(...sources(WEAK))).toBe('violation');
  });

  test('in a circle is not known', () => {
    const one = producer(STRONG, {}, {}, outputOf('Other'));
    const other = producer(STRONG, { stackName: 'Other' }, {}, outputOf('Hosts'));

    expect(verdictOn(one, other, consumer(outputOf('Hosts')))).toBe('cannot tell');
  });

  test.each([[null], ['x'], [[]], [{}], [{ StackName: 'Hosts' }], [{ StackName: ['Hosts'], OutputName: 'Id' }], [{ StackName: 'Hosts', OutputName: {} }], [{ StackName: 'Hosts', OutputName: 'toString' }]])(
    '%j is not followed', argument => expect(verdictOn(producer(STRONG), consumer({ 'Fn::GetStackOutput': argument }))).toBe('cannot tell'),
  );
});
