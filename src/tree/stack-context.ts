import { isCfnResource } from './launch-resources';
import { resolveNow } from './resolve-early';
import { CfnElement, Stack } from '../cdk/cdk';
import { Context, contextOf } from '../engine/evaluator/context';
import { Scope } from '../engine/evaluator/scope';
import { isObject, JsonObject } from '../engine/json/json';

const SECTIONS = ['Parameters', 'Mappings', 'Conditions'] as const;

/** What expressions of a stack refer to beside its resources, as far as it is there now. */
export function contextOfStack(stack: Stack): Context {
  const template: Record<string, JsonObject> = { Parameters: {}, Mappings: {}, Conditions: {} };
  for (const element of stack.node.findAll()) {
    if (!CfnElement.isCfnElement(element) || isCfnResource(element) || element.stack !== stack) { continue; }
    const rendered = renderedElement(element);
    SECTIONS.forEach(section => Object.assign(template[section], isObject(rendered[section]) ? rendered[section] : {}));
  }
  return contextOf(new Scope({ id: '', template }));
}

function renderedElement(element: CfnElement): JsonObject {
  try {
    return resolveNow(element, (element as unknown as { _toCloudFormation(): unknown })._toCloudFormation()) as JsonObject;
  } catch {
    return {}; // a lazy value of the app's may not be ready yet, and that must not stop synthesis
  }
}
