import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { MessageId, MESSAGES } from './private/messages';

/** Tells the user through CDK's own channel, under an id that can be acknowledged. */
export function tell(construct: IConstruct, id: MessageId, message: string): void {
  const annotations = Annotations.of(construct);
  const whole = `cdk-imds-guard:${id}`;
  if (MESSAGES[id].level === 'info') {
    annotations.addInfoV2(whole, message);
  } else {
    annotations.addWarningV2(whole, message);
  }
}
