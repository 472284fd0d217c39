import { nestedTemplateTypeOf } from '../evaluator/nested-template-types';
import { Scope } from '../evaluator/scope';
import { macrosOf } from '../evaluator/transforms';
import { ExaminedResource, Finding } from '../findings/finding';
import { RuleId } from '../findings/rules';
import { isObject } from '../json/json';
import { isLocalModule, isModule, LocalModules, localModulesOf } from '../templates/modules';
import { quoted } from '../text/quoted';

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
const AS_PACKAGED = 'check the template that is deployed, which `rain pkg` or `aws cloudformation package` writes';
const PAGES_OF_MODULES: { readonly [section: string]: string } = {
  Modules: 'https://github.com/aws/aws-cli/pull/9124',
  Rain: 'https://github.com/aws-cloudformation/rain/blob/main/README.md#modules',
};

/** What of a template cannot be looked into: macros, loops, templates elsewhere. */
export function unreadOf(scope: Scope): { findings: Finding[]; resources: ExaminedResource[] } {
  const unread = [...macros(scope), ...modules(scope), ...inResources(scope)];
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

function modules({ source }: Scope): Unread[] {
  return localModulesOf(source?.template).map(each => ({
    logicalId: each.section,
    type: each.source ?? each.section,
    rule: 'undecided-transform',
    path: each.section === each.name ? each.section : `${each.section}.${each.name}`,
    reason: `${whatBrings(each)} may bring resources that launch instances: they are not in this file`,
    fix: AS_PACKAGED,
    page: PAGES_OF_MODULES[each.section],
  }));
}

function whatBrings({ section, name, source }: LocalModules): string {
  if (section === name) { return `${section} is a section for \`rain pkg\`: its packages`; }
  return `the module ${quoted(name)}${source === undefined ? '' : ` (${source})`}`;
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
  if (isLocalModule(type)) { return packagedLater(logicalId, type, resource.Source); }
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

/** A module that is written out on the way to the deployment. */
function packagedLater(logicalId: string, type: string, source: unknown): Unread {
  const file = typeof source === 'string' ? ` of ${source}` : '';
  return {
    logicalId,
    type,
    rule: 'undecided-transform',
    path: 'Type',
    reason: `the module${file} is written out before the stack is deployed, and may bring resources that launch instances`,
    fix: AS_PACKAGED,
    page: PAGES_OF_MODULES[type.startsWith('$') ? 'Rain' : 'Modules'],
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
