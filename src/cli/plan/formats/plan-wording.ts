import { isObject } from '../../../engine/json/json';
import { Change, Reach } from '../../../engine/record/decision';
import { LaunchSurface } from '../../../engine/surfaces/surface';
import { surfaceOf } from '../../../engine/surfaces/surfaces';
import { counted } from '../../formats/wording';
import { PlannedChange, PlannedStack, PlanReport } from '../plan-report';

const NOT_SET = 'not set';

/** What the resource says of IMDS, before or after. */
export function settingsText({ type, action, changes }: PlannedChange, side: 'before' | 'after'): string {
  if (action === 'attach' && changes.length === 0) { return side === 'before' ? NOT_SET : 'launch template'; }
  const surface = surfaceOf(type);
  const texts = changes.map(change => settingText(change, change[side], surface));
  const told = texts.filter(text => text !== undefined);
  return [...new Set(told.length > 0 ? told : [NOT_SET])].join(', ');
}

/** `required`, `hop 2`, `endpoint disabled`; what is not set is told of tokens alone. */
function settingText({ setting }: Change, value: unknown, surface: LaunchSurface | undefined): string | undefined {
  const key = setting.split('.').at(-1)!;
  const isTokens = key !== surface?.hopLimit && key !== surface?.endpoint;
  const texts = alternatives(value);
  if (!isTokens && texts.length === 1 && texts[0] === NOT_SET) { return undefined; }
  const name = key === surface?.hopLimit ? 'hop ' : key === surface?.endpoint ? 'endpoint ' : surface?.tokens?.required === 'required' ? '' : `${key} `;
  return `${texts[0] === NOT_SET && texts.length === 1 ? '' : name}${texts.join(' | ')}`;
}

function alternatives(value: unknown): string[] {
  if (value === undefined || value === null) { return [NOT_SET]; }
  if (isObject(value) && Array.isArray(value.anyOf)) { return [...new Set(value.anyOf.flatMap(alternatives))]; }
  if (isObject(value) && 'cannotTell' in value) { return ['cannot tell']; }
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}

const REACHES: { readonly [reach in Reach]: string } = {
  'none': 'in place', 'in-place': 'in place', 'new-version': 'new template version', 'replacement': 'replacement',
};

/** How the change arrives, a line for each thing that happens. */
export function arrivalOf({ reach, rolls, replaces }: PlannedChange, { stack }: PlannedStack): readonly string[] {
  return [
    REACHES[reach],
    ...rolls.map(path => `rolls ${withinStack(path, stack)}`),
    ...replaces.map(path => `replaces ${withinStack(path, stack)}`),
  ];
}

/** Stands under the heading of its stack. CDK's own name for the resource of a construct tells nothing. */
export function withinStack(path: string, stack: string): string {
  const short = path.replace(/(?:\/Resource)+$/, '');
  return short.startsWith(`${stack}/`) ? short.slice(stack.length + 1) : short;
}

export function typeText(type: string): string {
  return type.replace(/^AWS::/, '');
}

/** What would change, in a line for each. */
export function totalLines({ totals }: PlanReport): readonly string[] {
  const { stacks, examined, changed, inPlace, newVersion, replacement, replacedAlong, rolled, uncontrolled, afterwards } = totals;
  const ways = [
    ...inPlace > 0 ? [`${inPlace} in place`] : [],
    ...newVersion > 0 ? [`${newVersion} by a new template version`] : [],
    ...replacement > 0 ? [`${replacement} by replacement`] : [],
  ];
  return [
    `${counted(stacks, 'stack')}, ${counted(examined, 'launch resource')} examined: ${changed} would change${ways.length > 0 ? ` (${ways.join(', ')})` : ''}, `
      + `${counted(rolled, 'group')} rolled, ${replacedAlong} more replaced, ${uncontrolled} uncontrolled`,
    `checked as if deployed: ${counted(afterwards.resources, 'resource')}: ${afterwards.compliant} compliant, ${afterwards.violation} with violations, `
      + `${afterwards.cannotTell} cannot tell, ${afterwards.notGoverned} not governed`,
  ];
}

/** The plan in a few words. */
export function outcomeOf({ exitCode, problems, totals }: PlanReport): string {
  if (problems.length > 0) { return `incomplete: ${counted(problems.length, 'problem')}`; }
  const { changed, replacement, replacedAlong, rolled } = totals;
  if (changed === 0) { return 'nothing would change'; }
  const replaced = replacement + replacedAlong;
  const more = [...replaced > 0 ? [`${replaced} replaced`] : [], ...rolled > 0 ? [`${counted(rolled, 'group')} rolled`] : []];
  return `${exitCode === 1 ? 'failed: ' : ''}${counted(changed, 'resource')} would change${more.length > 0 ? `, ${more.join(', ')}` : ''}`;
}

/** Something may be wrong, something needs a look, or all is well. */
export function markOf({ exitCode, totals }: PlanReport): 'compliant' | 'violation' | 'undecided' {
  if (exitCode > 0) { return 'violation'; }
  const { violation, cannotTell } = totals.afterwards;
  return violation + cannotTell + totals.uncontrolled > 0 || totals.examined === 0 ? 'undecided' : 'compliant';
}
