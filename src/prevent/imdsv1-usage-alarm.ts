import { aws_cloudwatch, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Imdsv1UsageSource } from './imdsv1-usage-source';

/** What is watched, how often, and who is notified. */
export interface Imdsv1UsageAlarmProps {
  /**
   * Whose calls are counted.
   *
   * @default Imdsv1UsageSource.account()
   */
  readonly source?: Imdsv1UsageSource;

  /**
   * Over how long calls are added up, a whole number of minutes. EC2 reports every five minutes where detailed monitoring is off.
   *
   * @default Duration.minutes(5)
   */
  readonly period?: Duration;

  /**
   * How many periods in a row must have calls, from 1.
   *
   * @default 1
   */
  readonly evaluationPeriods?: number;

  /**
   * What happens on an alarm, of either kind.
   *
   * @default - nothing
   */
  readonly alarmActions?: aws_cloudwatch.IAlarmAction[];
}

/**
 * Tells whether anybody still calls IMDS the version 1 way: the question to answer before version 2 is required, and after.
 *
 * Instances that are stopped or terminated report nothing, which counts as no call.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html
 *
 * @example
 * declare const stack: Stack;
 * new Imdsv1UsageAlarm(stack, 'Imdsv1Usage');
 */
export class Imdsv1UsageAlarm extends Construct {
  /** Calls that version 1 answered (`MetadataNoToken`): software that will break where version 2 is required. */
  public readonly alarm: aws_cloudwatch.Alarm;

  /** Calls that were refused, since version 2 is required (`MetadataNoTokenRejected`): software that is broken now, or an attack. */
  public readonly rejectedAlarm: aws_cloudwatch.Alarm;

  /** Both over time, for a dashboard; for an account, of each instance. */
  public readonly widget: aws_cloudwatch.GraphWidget;

  /**
   * @throws when the period is not a whole number of minutes, or the evaluation periods are not a whole number from 1
   */
  public constructor(scope: Construct, id: string, props: Imdsv1UsageAlarmProps = {}) {
    super(scope, id);
    const { source = Imdsv1UsageSource.account(), period = Duration.minutes(5), evaluationPeriods = 1, alarmActions = [] } = props;
    checkPeriods(period, evaluationPeriods);
    const alarmOn = (name: string, metricName: string, alarmDescription: string): aws_cloudwatch.Alarm => {
      const alarm = new aws_cloudwatch.Alarm(this, name, {
        metric: source._sum(metricName, period),
        threshold: 0,
        comparisonOperator: aws_cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods,
        treatMissingData: aws_cloudwatch.TreatMissingData.NOT_BREACHING,
        alarmDescription,
      });
      alarm.addAlarmAction(...alarmActions);
      return alarm;
    };
    this.alarm = alarmOn('Used', 'MetadataNoToken', 'IMDSv1 was called and answered: this software breaks where IMDSv2 is required');
    this.rejectedAlarm = alarmOn('Rejected', 'MetadataNoTokenRejected', 'IMDSv1 was called and refused: this software does not know IMDSv2');
    this.widget = new aws_cloudwatch.GraphWidget({
      title: 'IMDSv1 calls',
      left: ['MetadataNoToken', 'MetadataNoTokenRejected'].map(metricName => source._graph(metricName, period)),
      leftYAxis: { min: 0, label: 'calls', showUnits: false },
      period,
    });
  }
}

function checkPeriods(period: Duration, evaluationPeriods: number): void {
  const seconds = period.toSeconds();
  if (seconds < 60 || seconds % 60 !== 0) { throw new Error(`'period' must be a whole number of minutes, got ${period.toHumanString()}`); }
  if (!Number.isInteger(evaluationPeriods) || evaluationPeriods < 1) { throw new Error(`'evaluationPeriods' must be a whole number from 1, got ${evaluationPeriods}`); }
}
