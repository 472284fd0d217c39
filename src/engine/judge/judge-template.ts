import { nestedTemplateTypeOf } from '../evaluator/nested-template-types';
import { Scope } from '../evaluator/scope';
import { macrosOf } from '../evaluator/transforms';
import { ExaminedResource, Finding } from '../findings/finding';
import { RuleId } from '../findings/rules';
import { isObject } from '../json/json';
import { isModule } from '../templates/relevant-types';

/** Something of a template that may launch instances, without a verdict. */
interface Unread {
  readonly logicalId: string;
  readonly type: string;
  readonly rule: RuleId;
  readonly path: string;
  readonly reason: string;
  readonly fix: string;
  readonly page: string;
}

const REFERENCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
/** What to do about what is expanded only when the stack is deployed. */
export const AS_EXPANDED = 'check the template as CloudFormation expands it (GetTemplate with TemplateStage=Processed)';

/** What of a template cannot be looked into: macros, loops, templates elsewhere. */
export function unreadOf(scope: Scope): { findings: Finding[]; resources: ExaminedResource[] } {
  const unread = [...macros(scope), ...inResources(scope)];
  return {
    findings: unread.map(each => ({ ...each, verdict: 'cannot tell', values: [] })),
    resources: unread.map(({ logicalId, type }) => ({ logicalId, type, verdict: 'cannot tell' })),
  };
}

function macros({ source }: Scope): Unread[] {
  return macrosOf(source?.template).map(macro => ({
    logicalId: 'Transform',
    type: macro,
    rule: 'undecided-transform',
    path: 'Transform',
    reason: `${macro} may change any resource when the stack is deployed`,
    fix: AS_EXPANDED,
    page: `${REFERENCE}/transform-reference.html`,
  }));
}

function inResources(scope: Scope): Unread[] {
  const unread: Unread[] = [];
  for (const logicalId of Object.keys(scope.resources)) {
    const found = unreadIn(logicalId, scope.resources[logicalId], scope);
    if (found) { unread.push(found); }
  }
  return unread;
}

function unreadIn(logicalId: string, resource: unknown, scope: Scope): Unread | undefined {
  if (logicalId.startsWith('Fn::')) { return expandedLater(logicalId, logicalId, 'Resources'); }
  if (!isObject(resource)) { return undefined; }
  const type = typeof resource.Type === 'string' ? resource.Type : '';
  if (isModule(type)) { return expandedLater(logicalId, 'a module', 'Type', type); }
  if (type === '' && Object.hasOwn(resource, 'Fn::Transform')) { return expandedLater(logicalId, 'Fn::Transform', 'Fn::Transform'); }
  return nestedTemplateTypeOf(type) && !scope.otherTemplates?.isRead(scope, logicalId) ? elsewhere(logicalId, type) : undefined;
}

/** A loop whose list is not known, a module, or a macro in the place of resources. */
function expandedLater(logicalId: string, what: string, path: string, type: string = what.split('::').slice(0, 2).join('::')): Unread {
  return {
    logicalId,
    type,
    rule: 'undecided-transform',
    path,
    reason: `${what} makes resources when the stack is deployed`,
    fix: AS_EXPANDED,
    page: what.startsWith('Fn::ForEach')
      ? `${REFERENCE}/intrinsic-function-reference-foreach.html`
      : `${REFERENCE}/intrinsic-function-reference-transform.html`,
  };
}

function elsewhere(logicalId: string, type: string): Unread {
  return {
    logicalId,
    type,
    rule: 'undecided-template',
    path: 'Properties',
    reason: 'its template is not among those that were read',
    fix: 'check that template too: a cloud assembly (cdk.out) has those of CDK apps',
    page: `${REFERENCE}/aws-resource-cloudformation-stack.html`,
  };
}
