import { Annotations, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { MessageId, MESSAGES } from './private/messages';

/** Tells the user through CDK's own channel, under an id that can be acknowledged. */
export function tell(construct: IConstruct, id: MessageId, message: string): void {
  const whole = `cdk-imds-guard:${id}`;
  if (MESSAGES[id].level === 'info') {
    Annotations.of(construct).addInfoV2(whole, message);
  } else if (!isAcknowledgedHere(construct, whole)) {
    Validations.of(construct).addWarning(whole, message); // so that `Validations.of(x).acknowledge({ id })` takes the id as it is
  }
}

/** CDK looks for acknowledgements on the constructs around, but not on the construct itself. */
function isAcknowledgedHere(construct: IConstruct, id: string): boolean {
  const acknowledged = construct.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
  // CDK puts a prefix before the id, whose spelling has changed.
  return acknowledged.some(({ data }) => Object.keys(data).some(key => key.toLowerCase() === `annotation::${id}`));
}
