import { wantedIn } from '../evaluator/list-elements';
import { keyOf, pathInTemplate, Remedy } from '../findings/remedy';
import { CdkConstruct, JSON_TEXT, LaunchSurface, ListStep } from '../surfaces/surface';
import { surfaceOf } from '../surfaces/surfaces';

/** Where CDK has the resource. */
interface Place {
  readonly constructPath: string;
  readonly logicalId: string;
  readonly stack: string;
}

/**
 * A fix in the words of CDK code, or undefined where a template has no others: the prop of the construct that makes the resource, as its
 * path tells, or else of the generic one.
 */
export function fixInCdk(remedy: Remedy, place: Place): string | undefined {
  const { surface, option, to, more = '' } = remedy;
  if (surface.document !== undefined) { return undefined; }
  const makers = isNamedByUser(place) ? [] : (surface.cdk ?? []).filter(({ id }) => place.constructPath.endsWith(`/${id}`));
  if (option === 'reference') {
    const launched = surfaceOf(to)?.cdk?.[0];
    return launched?.tokens && `launch from an ${launched.construct} with ${launched.tokens}${propsFor(makers)}${more}`;
  }
  const props = makers.flatMap(maker => propOf(maker, remedy) ?? []);
  if (props.length > 0) { return `set ${props.join(', or ')}${more}`; }
  const inTemplate = mayBeIncluded(place) ? `, or ${pathInTemplate(surface, keyOf(remedy)!)} in the template file that it may come from` : '';
  if (surface.cdkLacksIt) { return `call addPropertyOverride('${pathInTemplate(surface, keyOf(remedy)!)}', ${to}) on the ${classOf(surface)}${inTemplate}${more}`; }
  return `set ${genericProp(surface, keyOf(remedy)!)} to ${to}${inTemplate}${more}`;
}

function propsFor(makers: readonly CdkConstruct[]): string {
  const names = makers.flatMap(({ construct, launchTemplate }) => launchTemplate === undefined ? [] : `${launchTemplate} of ${construct}`);
  return names.length > 0 ? ` (${names.join(', ')})` : '';
}

function propOf({ construct, tokens, hopLimit, endpoint }: CdkConstruct, { option, to }: Remedy): string | undefined {
  const prop = {
    tokens,
    hopLimit: hopLimit && `${hopLimit} to ${to}`,
    endpoint: endpoint && `${endpoint} to ${to.replaceAll('"enabled"', 'true').replaceAll('"disabled"', 'false')}`,
    reference: undefined,
  }[option];
  return prop && `${prop} on the ${construct}`;
}

/** A construct inside another is named by that one; a logical id without a hash is what the user calls it. */
function isNamedByUser({ constructPath, logicalId }: Place): boolean {
  return constructPath.slice(constructPath.lastIndexOf('/') + 1) === logicalId;
}

/** CfnInclude keeps the logical ids of its file, and metadata do not tell that it was there. What is right below its stack has no CfnInclude around it. */
function mayBeIncluded(place: Place): boolean {
  return isNamedByUser(place) && place.constructPath !== `${place.stack.replace(/ \(.*\)$/, '')}/${place.logicalId}`;
}

/** The property as the class that CDK makes of the type spells it. */
function genericProp(surface: LaunchSurface, key: string): string {
  const { container = [] } = surface;
  const className = classOf(surface);
  const list = container.find((each): each is ListStep => typeof each === 'object' && 'where' in each && Object.keys(each.where).length > 0);
  if (list) {
    const element = Object.entries(list.where).map(([name, wanted]) => `${typed(name)}: ${JSON.stringify(wantedIn(wanted)[0])}`).join(', ');
    return `the ${typed(key)} of { ${element} } in ${typed(String(container[0]))} of the ${className}`;
  }
  const untyped = container.includes(JSON_TEXT) ? container.indexOf(JSON_TEXT) : Infinity;
  const path = [...container, key].flatMap((step, i) => typeof step !== 'string' ? [] : i > untyped ? step : typed(step));
  return `${path.join('.')} of the ${className}`;
}

function classOf({ type }: LaunchSurface): string {
  return `Cfn${type.split('::')[2]}`;
}

/** As CDK spells a property: one capital after the other counts as one word. */
function typed(key: string): string {
  return key.charAt(0).toLowerCase() + key.slice(1).replace(/[A-Z]+(?=[A-Z\d]|$)/g, capitals => capitals.charAt(0) + capitals.slice(1).toLowerCase());
}
