import { isModule } from './modules';
import { nestedTemplateTypeOf } from '../evaluator/nested-template-types';
import { scriptHolderOf } from '../surfaces/script-places';
import { surfaceOf } from '../surfaces/surfaces';

/** Whether resources of a type launch instances, say how they are launched, bring others that may, or hold scripts for instances. */
export function isRelevantType(type: string): boolean {
  return surfaceOf(type) !== undefined || scriptHolderOf(type) !== undefined || nestedTemplateTypeOf(type) !== undefined || isModule(type);
}
