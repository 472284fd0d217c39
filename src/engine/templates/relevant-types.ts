import { nestedTemplateTypeOf } from '../evaluator/nested-template-types';
import { surfaceOf } from '../surfaces/surfaces';

/**
 * A module makes resources of any type when the stack is deployed.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules.html
 */
export function isModule(type: string): boolean {
  return type.endsWith('::MODULE');
}

/** Whether resources of a type launch instances, say how they are launched, or bring others that may. */
export function isRelevantType(type: string): boolean {
  return surfaceOf(type) !== undefined || nestedTemplateTypeOf(type) !== undefined || isModule(type);
}
