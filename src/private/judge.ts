import { Alternative, alternativesAt, alternativesOf, Parameters } from './alternatives';
import { Connection, Connections, Launcher } from './connections';
import { isObject, isSame, isScalar, JsonObject } from './json';
import { RuleId } from './rules';
import { HOP_LIMITS, isHopLimit, Settings } from './settings';
import { LaunchSurface, Step } from './surface';
import { surfaceOf } from './surfaces';

export type Verdict = 'compliant' | 'violation' | 'cannot tell' | 'not governed';

export interface Finding {
  readonly rule: RuleId;
  readonly verdict: 'violation' | 'cannot tell';
  readonly logicalId: string;
  readonly type: string;

  /** Below the resource, as CloudFormation spells it. */
  readonly path: string;
  readonly reason: string;
  readonly fix: string;
  readonly page: string;
}

export interface Judgement {
  readonly findings: readonly Finding[];

  /** The verdict on every launch surface of the template, by logical id. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** Judges one template as CloudFormation receives it. Pure: no CDK, no files, nothing is changed. */
export function judge(template: unknown, settingsOf: (logicalId: string) => Settings = () => ({})): Judgement {
  const parameters = section(template, 'Parameters');
  const launchers = launchersOf(template);
  const connections = new Connections(parameters);
  launchers.forEach(launcher => connections.add(launcher));
  const findings: Finding[] = [];
  const verdicts = new Map<string, Verdict>();
  for (const launcher of launchers) {
    const found = judgeLauncher({ launcher, connections, parameters, settings: settingsOf(launcher.address) });
    findings.push(...found);
    verdicts.set(launcher.address, verdictOf(launcher, found));
  }
  launchers.forEach(launcher => inherit(launcher, { connections, parameters, verdicts }));
  for (const loop of Object.keys(section(template, 'Resources')).filter(key => key.startsWith('Fn::'))) {
    findings.push(undecidedLoop(loop));
    verdicts.set(loop, 'cannot tell');
  }
  return { findings, verdicts };
}

/** A loop makes resources when the stack is deployed; which, the template alone does not tell yet. */
function undecidedLoop(loop: string): Finding {
  return {
    rule: 'undecided',
    verdict: 'cannot tell',
    logicalId: loop,
    type: 'AWS::LanguageExtensions',
    path: 'Resources',
    reason: `${loop} makes resources when the stack is deployed`,
    fix: 'check the template as CloudFormation expands it',
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html',
  };
}

interface Inheritance {
  readonly connections: Connections;
  readonly parameters: Parameters;
  readonly verdicts: Map<string, Verdict>;
}

/** A resource without settings of its own is as good as what it refers to; the finding stays where the mending is. */
function inherit(launcher: Launcher, context: Inheritance, depth = 0): Verdict {
  const own = context.verdicts.get(launcher.address)!;
  if (depth > 4 || decidesItself(launcher, context.parameters)) { return own; }
  const followed = context.connections.from(launcher.address).flatMap(({ to }) => to ? [inherit(to, context, depth + 1)] : []);
  const worst = (['violation', 'cannot tell'] as const).find(each => own === each || followed.includes(each)) ?? own;
  context.verdicts.set(launcher.address, worst);
  return worst;
}

function section(template: unknown, name: string): JsonObject {
  const found = isObject(template) ? template[name] : undefined;
  return isObject(found) ? found : {};
}

function launchersOf(template: unknown): Launcher[] {
  return Object.entries(section(template, 'Resources')).flatMap(([address, resource]) => {
    const surface = isObject(resource) && typeof resource.Type === 'string' ? surfaceOf(resource.Type) : undefined;
    return surface ? [{ address, surface, properties: (resource as JsonObject).Properties }] : [];
  });
}

function verdictOf({ surface }: Launcher, found: readonly Finding[]): Verdict {
  if (found.some(each => each.verdict === 'violation')) { return 'violation'; }
  if (found.length > 0) { return 'cannot tell'; }
  return surface.noControl ? 'not governed' : 'compliant';
}

/** What a verdict on one resource needs to know. */
interface Case {
  readonly launcher: Launcher;
  readonly connections: Connections;
  readonly parameters: Parameters;
  readonly settings: Settings;
}

function judgeLauncher(one: Case): Finding[] {
  const { launcher: { surface, properties }, parameters } = one;
  if (surface.noControl || launchesNothing(surface, properties, parameters)) { return []; }
  return [...judgeUncontrolled(one), ...(surface.container ? judgeSettings(one) : []), ...judgeReferences(one)];
}

/** Fargate and the like: every value the property can take says that no instance is launched. */
export function launchesNothing({ launchesNothing: row }: LaunchSurface, properties: unknown, parameters: Parameters): boolean {
  if (!row) { return false; }
  const values = alternativesAt(properties, row.path, parameters);
  return values.length > 0 && values.every(each => each.kind === 'value' && row.values.some(value => isSame(each.value, value)));
}

function judgeUncontrolled(one: Case): Finding[] {
  const { surface, properties } = one.launcher;
  return (surface.uncontrolled ?? [])
    .filter(({ path }) => alternativesAt(properties, path, one.parameters).some(each => each.kind !== 'absent' && !isEmptyList(each)))
    .map(({ path, why }) => finding(one, 'uncontrolled-launch', 'violation', path.join('.'), why));
}

function isEmptyList(each: Alternative): boolean {
  return each.kind === 'value' && Array.isArray(each.value) && each.value.length === 0;
}

function judgeSettings(one: Case): Finding[] {
  const { launcher: { surface, properties }, parameters } = one;
  const found = alternativesAt(properties, surface.container!, parameters).flatMap(each => judgeContainer(one, each));
  return found.filter((each, i) => found.findIndex(other => other.rule === each.rule && other.reason === each.reason) === i);
}

function judgeContainer(one: Case, container: Alternative): Finding[] {
  const { surface } = one.launcher;
  if (container.kind === 'unknown') { return [finding(one, 'undecided', 'cannot tell', containerPath(surface), container.reason)]; }
  if (container.kind === 'absent') { return judgeTokens(one, [{ kind: 'absent' }], false); }
  if (!isObject(container.value)) {
    return [finding(one, 'invalid-value', 'violation', containerPath(surface), `an object was expected, got ${JSON.stringify(container.value)}`)];
  }
  const values = (key: string | undefined): Alternative[] => key ? alternativesOf((container.value as JsonObject)[key], one.parameters) : [];
  const disabled = isDisabled(container.value, surface, one.parameters);
  return [...judgeTokens(one, values(surface.tokens?.key), disabled), ...judgeHopLimit(one, values(surface.hopLimit))];
}

function judgeTokens(one: Case, values: readonly Alternative[], disabled: boolean): Finding[] {
  const { surface } = one.launcher;
  if (!surface.tokens || disabled) { return []; }
  const path = [...containerPath(surface).split('.'), surface.tokens.key].filter(part => part !== '').join('.');
  const found = values.flatMap((each): Finding[] => {
    if (each.kind === 'unknown') { return [finding(one, 'undecided', 'cannot tell', path, each.reason)]; }
    if (each.kind === 'absent') { return judgeAbsent(one, path); }
    if (isSafe(each.value, surface)) { return []; }
    return [finding(one, 'imdsv1-allowed', 'violation', path, `${JSON.stringify(each.value)} lets IMDSv1 answer`)];
  });
  // A value that is known to be weak decides, whatever else is possible.
  return found.some(each => each.verdict === 'violation') ? found.filter(each => each.verdict === 'violation') : found;
}

/** A higher version than required is safe too. */
function isSafe(value: unknown, { tokens }: LaunchSurface): boolean {
  const { required } = tokens!;
  return isSame(value, required) || (typeof required === 'number' && isScalar(value) && Number(value) >= required);
}

/** Nothing on the resource: what it refers to decides, and where it refers to nothing the account or the image does. */
function judgeAbsent(one: Case, path: string): Finding[] {
  const { launcher, connections, parameters } = one;
  if (launcher.surface.onlyWhereWritten || isCoveredByConsumers(one)) { return []; }
  if (!mayReferToNothing(one)) { return []; } // judged with the references
  const isOneOfEither = connections.from(launcher.address).length > 0 && !everyOwn(launcher, parameters, each => each.kind === 'absent');
  if (isOneOfEither) { return [finding(one, 'undecided', 'cannot tell', path, 'one branch lacks it, another what it refers to')]; }
  return [finding(one, 'imdsv1-allowed', 'violation', path, 'it is not set, so the account default or the image decides')];
}

/** Whether a branch lacks the only reference there is. Two kinds of reference are taken to exclude each other, and to leave no branch out. */
function mayReferToNothing({ launcher, connections, parameters }: Case): boolean {
  const used = new Set(connections.from(launcher.address).map(({ reference }) => reference.follow));
  return used.size < 2 && [...used].every(({ path }) => lacks(launcher.properties, path, parameters));
}

function lacks(properties: unknown, path: readonly Step[], parameters: Parameters): boolean {
  return alternativesAt(properties, path, parameters).some(each => each.kind === 'absent');
}

/** A template that only instances use which carry their own options launches nothing that lacks them. */
function isCoveredByConsumers({ launcher, connections, parameters }: Case): boolean {
  const consumers = connections.to(launcher.address);
  return consumers.length > 0 && consumers.every(({ from }) => requiresTokens(from, parameters));
}

/** Whether every alternative of the resource's own settings requires tokens or disables the endpoint. */
export function requiresTokens(launcher: Pick<Launcher, 'surface' | 'properties'>, parameters: Parameters = {}): boolean {
  return everyOwn(launcher, parameters, each => each.kind === 'value' && isSafe(each.value, launcher.surface));
}

/** Whether the resource's own settings leave nothing to what it refers to. */
function decidesItself(launcher: Launcher, parameters: Parameters): boolean {
  return everyOwn(launcher, parameters, each => each.kind !== 'absent');
}

/** Whether something holds for every alternative of what the resource itself says about tokens, a disabled endpoint aside. */
function everyOwn({ surface, properties }: Pick<Launcher, 'surface' | 'properties'>, parameters: Parameters, holds: (each: Alternative) => boolean): boolean {
  const { tokens, container } = surface;
  if (!container || !tokens || surface.onlyWhereWritten) { return false; }
  return alternativesAt(properties, container, parameters).every(each => {
    if (each.kind === 'absent') { return holds(each); }
    if (each.kind !== 'value' || !isObject(each.value)) { return false; }
    return isDisabled(each.value, surface, parameters) || alternativesOf(each.value[tokens.key], parameters).every(holds);
  });
}

function isDisabled(container: JsonObject, { endpoint }: LaunchSurface, parameters: Parameters): boolean {
  return endpoint !== undefined && alternativesOf(container[endpoint], parameters).every(each => each.kind === 'value' && each.value === 'disabled');
}

function judgeHopLimit(one: Case, values: readonly Alternative[]): Finding[] {
  const { launcher: { surface }, settings: { maxHttpPutResponseHopLimit: max } } = one;
  const path = `${containerPath(surface)}.${surface.hopLimit}`;
  return values.flatMap((each): Finding[] => {
    if (each.kind !== 'value') { return []; }
    const value = typeof each.value === 'string' ? Number(each.value) : each.value;
    if (!isHopLimit(value)) {
      const range = `a whole number from ${HOP_LIMITS.min} to ${HOP_LIMITS.max}`;
      return [finding(one, 'invalid-value', 'violation', path, `${range} was expected, got ${JSON.stringify(each.value)}`)];
    }
    return max !== undefined && value > max
      ? [finding(one, 'hop-limit-too-high', 'violation', path, `${value} is above the maximum of ${max}`)]
      : [];
  });
}

function judgeReferences(one: Case): Finding[] {
  const { launcher, connections, parameters } = one;
  const { surface, address } = launcher;
  if (!surface.follows || decidesItself(launcher, parameters)) { return []; }
  const isJudged = (surface.container && !surface.onlyWhereWritten) || judgeUncontrolled(one).length > 0;
  return [
    ...(isJudged || !mayReferToNothing(one) ? [] : [finding(one, 'undecided', 'cannot tell', '', surface.otherwise ?? 'it refers to nothing')]),
    ...connections.from(address).filter(({ to }) => !to).map(each => (
      finding(one, 'undecided', 'cannot tell', each.reference.follow.path.filter(part => typeof part === 'string').join('.'), outside(each))
    )),
  ];
}

function outside({ reference }: Connection): string {
  const what = reference.follow.to.split('::')[2];
  return reference.unknown
    ? `which ${what} it uses cannot be told: ${reference.unknown}`
    : `the ${what} ${reference.literal ?? reference.address} is not in this template`;
}

function containerPath({ container }: LaunchSurface): string {
  return (container ?? []).filter(each => typeof each === 'string').join('.');
}

function finding(one: Case, rule: RuleId, verdict: Finding['verdict'], path: string, reason: string): Finding {
  const { surface, address } = one.launcher;
  return {
    rule,
    verdict,
    reason,
    logicalId: address,
    type: surface.type,
    path: path === '' ? 'Properties' : `Properties.${path}`,
    fix: fixOf(surface),
    page: surface.page,
  };
}

function fixOf({ tokens, container, otherwise, uncontrolled }: LaunchSurface): string {
  if (tokens && container) {
    const keys = container.flatMap(each => typeof each === 'string' ? [each] : 'where' in each ? Object.values(each.where) : []);
    return `set ${[...keys, tokens.key].join('.')} to ${JSON.stringify(tokens.required)}`;
  }
  return otherwise || uncontrolled ? 'launch from a launch template that requires IMDSv2' : 'see the page';
}
