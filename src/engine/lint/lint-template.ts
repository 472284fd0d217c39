import { lintDocument } from './lint-document';
import { PolicyFinding } from './policy-finding';
import { documentsOf } from './policy-resources';
import { partitionOfRegion } from './resources';
import { assuming, truthOf } from '../evaluator/conditions';
import { contextOf } from '../evaluator/context';
import { possibleValuesAt, possibleValuesOf } from '../evaluator/possible-values';
import { Scope } from '../evaluator/scope';
import { isObject, JsonObject } from '../json/json';
import { isPolicyAboutImds } from '../templates/policy-holders';

export interface ResourceFinding extends PolicyFinding {
  readonly logicalId: string;
  readonly resource: JsonObject;
  readonly type: string;
}

/** What is wrong with the policies of a template. */
export function lintTemplate(scope: Scope): ResourceFinding[] {
  return Object.entries(scope.resources).flatMap(([logicalId, resource]) => (
    isObject(resource) && isPolicyAboutImds(resource) ? inResource(logicalId, resource, scope) : []
  ));
}

function inResource(logicalId: string, resource: JsonObject, scope: Scope): ResourceFinding[] {
  const { Type: type, Condition: condition } = resource;
  const whole = contextOf(scope);
  if (condition !== undefined && truthOf({ Condition: condition }, whole, possibleValuesOf) === false) { return []; }
  const context = condition === undefined ? whole : contextOf(scope, assuming({ Condition: condition }, true, whole));
  const circumstances = { partition: partitionFor(scope), type: policyTypeOf(resource, scope) };
  const found = documentsOf(resource, context).flatMap(held => (
    lintDocument(held.document, held.context, circumstances).map(each => ({ ...each, path: ['Properties', ...held.path, ...each.path] }))
  ));
  return distinct(found).map(each => ({ ...each, logicalId, resource, type: type as string }));
}

/** Branches of the properties may hold the same document. */
function distinct(findings: readonly PolicyFinding[]): PolicyFinding[] {
  return [...new Map(findings.map(each => [JSON.stringify([each.rule, each.path, each.reason]), each])).values()];
}

/** Of the stack, where its Region is known. */
function partitionFor(scope: Scope): string | undefined {
  const region = scope.pseudoParameter('AWS::Region');
  return region === undefined ? undefined : partitionOfRegion(region);
}

function policyTypeOf({ Properties: properties }: JsonObject, scope: Scope): string | undefined {
  const values = possibleValuesAt(properties, ['Type'], contextOf(scope));
  return values.length === 1 && values[0].kind === 'value' && typeof values[0].value === 'string' ? values[0].value : undefined;
}
