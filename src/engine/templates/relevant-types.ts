import { isModule } from './modules';
import { nestedTemplateTypeOf } from '../evaluator/nested-template-types';
import { surfaceOf } from '../surfaces/surfaces';

/** Whether resources of a type launch instances, say how they are launched, or bring others that may. */
export function isRelevantType(type: string): boolean {
  return surfaceOf(type) !== undefined || nestedTemplateTypeOf(type) !== undefined || isModule(type);
}
