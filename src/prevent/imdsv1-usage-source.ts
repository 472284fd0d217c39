import { aws_cloudwatch, Duration } from 'aws-cdk-lib';

const NAMESPACE = 'AWS/EC2';

/** Whose calls of IMDSv1 are counted. */
export abstract class Imdsv1UsageSource {
  /**
   * Every instance of the account in the region.
   *
   * The alarm asks by a Metrics Insights query, since no alarm can use `SEARCH`. Such a query adds up at most 10,000 instances;
   * a region may have 200 of these alarms.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Metrics_Insights_Alarm.html
   */
  public static account(): Imdsv1UsageSource { return new Account(); }

  /**
   * One instance.
   *
   * @param instanceId such as `instance.instanceId`
   */
  public static instance(instanceId: string): Imdsv1UsageSource { return new Dimension('InstanceId', instanceId); }

  /**
   * The instances of an Auto Scaling group together.
   *
   * @param autoScalingGroupName such as `group.autoScalingGroupName`
   */
  public static autoScalingGroup(autoScalingGroupName: string): Imdsv1UsageSource { return new Dimension('AutoScalingGroupName', autoScalingGroupName); }

  /**
   * One sum, for an alarm.
   *
   * @internal
   */
  public abstract _sum(metricName: string, period: Duration): aws_cloudwatch.IMetric;

  /**
   * The same as far as it can be told apart, for a graph.
   *
   * @internal
   */
  public abstract _graph(metricName: string, period: Duration): aws_cloudwatch.IMetric;
}

class Dimension extends Imdsv1UsageSource {
  public constructor(private readonly name: string, private readonly value: string) {
    super();
  }

  public _sum(metricName: string, period: Duration): aws_cloudwatch.IMetric {
    return new aws_cloudwatch.Metric({ namespace: NAMESPACE, metricName, dimensionsMap: { [this.name]: this.value }, statistic: 'Sum', period });
  }

  public _graph(metricName: string, period: Duration): aws_cloudwatch.IMetric {
    return this._sum(metricName, period);
  }
}

class Account extends Imdsv1UsageSource {
  public _sum(metricName: string, period: Duration): aws_cloudwatch.IMetric {
    return new aws_cloudwatch.MathExpression({ expression: `SELECT SUM(${metricName}) FROM SCHEMA("${NAMESPACE}", InstanceId)`, label: metricName, period });
  }

  public _graph(metricName: string, period: Duration): aws_cloudwatch.IMetric {
    const expression = `SEARCH('{${NAMESPACE},InstanceId} MetricName="${metricName}"', 'Sum', ${period.toSeconds()})`;
    return new aws_cloudwatch.MathExpression({ expression, label: `${metricName} \${PROP('Dim.InstanceId')}`, period });
  }
}
