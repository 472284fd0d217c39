import { nestedTemplateTypeOf } from '../evaluator/nested-template-types';
import { scriptHolderOf } from '../surfaces/script-places';
import { surfaceOf } from '../surfaces/surfaces';

/**
 * A module makes resources of any type when the stack is deployed.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules.html
 */
export function isModule(type: string): boolean {
  return type.endsWith('::MODULE');
}

/** Whether resources of a type launch instances, say how they are launched, bring others that may, or hold scripts for instances. */
export function isRelevantType(type: string): boolean {
  return surfaceOf(type) !== undefined || scriptHolderOf(type) !== undefined || nestedTemplateTypeOf(type) !== undefined || isModule(type);
}
