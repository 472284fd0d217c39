import { App, aws_cloudwatch, aws_cloudwatch_actions, aws_sns, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Imdsv1UsageAlarm, Imdsv1UsageAlarmProps, Imdsv1UsageSource } from '../../src';
import { lintErrors, testWithLint } from '../support/cfn-lint';

function alarmIn(props?: Imdsv1UsageAlarmProps): { stack: Stack; usage: Imdsv1UsageAlarm; template: Template } {
  const stack = new Stack(new App(), 'Stack');
  const usage = new Imdsv1UsageAlarm(stack, 'Usage', props);
  new aws_cloudwatch.Dashboard(stack, 'Dashboard', { widgets: [[usage.widget]] });
  return { stack, usage, template: Template.fromStack(stack) };
}

const ANY_CALL = { Threshold: 0, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, TreatMissingData: 'notBreaching' };

function metricsShownBy({ usage, stack }: { readonly usage: Imdsv1UsageAlarm; readonly stack: Stack }): unknown {
  return (stack.resolve(usage.widget.toJson()) as [{ properties: { metrics: unknown } }])[0].properties.metrics;
}

test.each(['MetadataNoToken', 'MetadataNoTokenRejected'])('any %s in the account is an alarm, by a query that alarms can use', metric => {
  const { template } = alarmIn();
  template.resourceCountIs('AWS::CloudWatch::Alarm', 2);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    ...ANY_CALL,
    Metrics: [Match.objectLike({ Expression: `SELECT SUM(${metric}) FROM SCHEMA("AWS/EC2", InstanceId)`, Period: 300, ReturnData: true })],
  });
});

test.each<[string, Imdsv1UsageSource, object]>([
  ['an instance', Imdsv1UsageSource.instance('i-1'), { Name: 'InstanceId', Value: 'i-1' }],
  ['an Auto Scaling group', Imdsv1UsageSource.autoScalingGroup('web'), { Name: 'AutoScalingGroupName', Value: 'web' }],
])('the calls of %s are added up', (_, source, dimension) => {
  const { template } = alarmIn({ source, period: Duration.minutes(1), evaluationPeriods: 3 });
  for (const MetricName of ['MetadataNoToken', 'MetadataNoTokenRejected']) {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...ANY_CALL, EvaluationPeriods: 3, Namespace: 'AWS/EC2', MetricName, Dimensions: [dimension], Statistic: 'Sum', Period: 60,
    });
  }
});

test('the widget shows each instance of an account by its id', () => {
  expect(metricsShownBy(alarmIn())).toEqual(['MetadataNoToken', 'MetadataNoTokenRejected'].map(metric => [{
    expression: `SEARCH('{AWS/EC2,InstanceId} MetricName="${metric}"', 'Sum', 300)`,
    label: `${metric} \${PROP('Dim.InstanceId')}`,
  }]));
});

test('the widget of one instance shows its two metrics', () => {
  expect(metricsShownBy(alarmIn({ source: Imdsv1UsageSource.instance('i-1') }))).toEqual([
    ['AWS/EC2', 'MetadataNoToken', 'InstanceId', 'i-1', { stat: 'Sum' }],
    ['AWS/EC2', 'MetadataNoTokenRejected', 'InstanceId', 'i-1', { stat: 'Sum' }],
  ]);
});

test('actions are told of both alarms', () => {
  const stack = new Stack(new App(), 'Stack');
  const topic = new aws_sns.Topic(stack, 'Topic');
  new Imdsv1UsageAlarm(stack, 'Usage', { alarmActions: [new aws_cloudwatch_actions.SnsAction(topic)] });
  const alarms = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm', { Properties: { AlarmActions: [Match.anyValue()] } }));
  expect(alarms).toHaveLength(2);
});

test.each<[Imdsv1UsageAlarmProps, string]>([
  [{ period: Duration.seconds(30) }, '\'period\' must be a whole number of minutes, got 30 seconds'],
  [{ period: Duration.seconds(90) }, '\'period\' must be a whole number of minutes, got 1 minute 30 seconds'],
  [{ evaluationPeriods: 0 }, '\'evaluationPeriods\' must be a whole number from 1, got 0'],
  [{ evaluationPeriods: 1.5 }, '\'evaluationPeriods\' must be a whole number from 1, got 1.5'],
])('%j is refused', (props, message) => expect(() => alarmIn(props)).toThrow(message));

test('the two alarms can be told apart', () => {
  const { usage, stack } = alarmIn();
  const metricOf = ({ alarmName }: aws_cloudwatch.Alarm): unknown => stack.resolve(alarmName);
  expect(metricOf(usage.alarm)).not.toEqual(metricOf(usage.rejectedAlarm));
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmDescription: Match.stringLikeRegexp('answered') });
});

testWithLint('cfn-lint has nothing against it, be it about an account or an instance', () => {
  expect(lintErrors(alarmIn().template.toJSON())).toEqual([]);
  expect(lintErrors(alarmIn({ source: Imdsv1UsageSource.instance('i-0123456789abcdef0') }).template.toJSON())).toEqual([]);
});
