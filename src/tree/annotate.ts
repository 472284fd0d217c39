import { Annotations, IConstruct, Validations } from '../cdk/cdk';
import { ruleOf } from '../engine/exemptions/acknowledgements';
import { MessageId, MESSAGES } from '../engine/exemptions/messages';

/** Tells the user through CDK's own channel, under an id that can be acknowledged. */
export function annotate(construct: IConstruct, id: MessageId, message: string): void {
  if (isAcknowledged(construct, id)) { return; }
  const whole = `cdk-imds-guard:${id}`;
  if (MESSAGES[id].level === 'info') {
    Annotations.of(construct).addInfoV2(whole, message);
  } else {
    Validations.of(construct).addWarning(whole, message); // so that `Validations.of(x).acknowledge({ id })` takes the id as it is
  }
}

/** CDK does not look on the construct itself, and does not know that a rule of the same id is the same to us. */
function isAcknowledged(construct: IConstruct, id: MessageId): boolean {
  return construct.node.scopes.some(({ node }) => node.metadata.some(({ type, data }) => (
    type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && Object.keys(data).some(key => isOf(key, id))
  )));
}

/** CDK puts a prefix before the id of a message, whose spelling has changed. */
function isOf(key: string, id: MessageId): boolean {
  if (key.toLowerCase() === `annotation::cdk-imds-guard:${id}`) { return true; }
  const found = ruleOf(key);
  return found !== undefined && 'rule' in found && found.rule === id;
}
