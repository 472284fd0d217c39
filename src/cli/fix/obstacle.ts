import { logicalIdIn } from '../../engine/evaluator/scope';
import { isObject, isSame } from '../../engine/json/json';
import { JudgedReferrer } from '../../engine/judge/judge-context';
import { LaunchReferences, LaunchReferrer } from '../../engine/templates/launch-references';
import { hasName } from '../../engine/templates/launch-referrer';
import { ScopeSettings } from '../../scopes/scope-settings';

export interface Around {
  readonly connections: LaunchReferences;
  readonly choice: ScopeSettings;

  /** Whether a resource is exempt, or was: then it is not replaced for the sake of IMDSv2. */
  isKept(address: string): boolean;
}

/** Why a resource is not edited, by the rules of enforcement; undefined where it is. */
export function obstacleTo(launcher: JudgedReferrer, { connections, choice, isKept }: Around): string | undefined {
  const { surface, properties, address } = launcher;
  const { type } = surface;
  if (choice.excludeResourceTypes?.has(type)) { return 'its type is in excludeResourceTypes of the settings'; }
  if (surface.optIn && !choice.includeResourceTypes?.has(type)) { return `${surface.optIn}; give --include-type ${type} to edit it`; }
  const isReplaced = surface.replacement === 'always' || (surface.replacement === 'unless-unnamed' && hasName(surface, properties));
  if (isReplaced && isKept(address)) { return 'the edit would replace it, and its exemption says that it is in use'; }
  if (isReplaced && !choice.allowReplacement?.has(type)) {
    const renaming = hasName(surface, properties) ? `, which CloudFormation refuses unless ${surface.nameProperty} changes too` : '';
    return `the edit would replace it${renaming}; give --allow-replacement ${type} to edit it`;
  }
  const replaced = connections.replacedByEditOf(address).filter(each => !choice.allowReplacement?.has(each.surface.type) || isKept(each.address));
  if (replaced.length === 0) { return undefined; }
  const names = [...new Set(replaced.map(each => logicalIdIn(each.address)))].join(', ');
  return `a new version of it would replace ${names}; ${waysToReplace(replaced)}`;
}

function waysToReplace(replaced: readonly LaunchReferrer[]): string {
  const types = [...new Set(replaced.map(({ surface }) => surface.type))];
  const switches = replaced.flatMap(({ surface: { follows = [] }, properties }) => follows.flatMap(({ createOnly }) => (
    typeof createOnly === 'object' && !(isObject(properties) && isSame(properties[createOnly.unlessFalse], false)) ? createOnly.unlessFalse : []
  )));
  return [
    `give ${types.map(type => `--allow-replacement ${type}`).join(' ')}`,
    ...[...new Set(switches)].map(name => `set ${name} to false in a deployment of its own`),
  ].join(', or ');
}

/** Those that launch from a template which is not edited, and that can be given options of their own, which win. */
export function coverable({ address }: JudgedReferrer, { connections, isKept }: Around): LaunchReferrer[] {
  const consumers = [...connections.to(address).map(({ from }) => from), ...connections.replacedByEditOf(address)];
  return [...new Set(consumers)].filter(each => each.surface.container && !each.surface.onlyWhereWritten && !isKept(each.address));
}
