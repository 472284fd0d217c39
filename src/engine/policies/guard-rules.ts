import { absent, AnyOf, block, filterOf, inEach, isList, lines, listOf, namesIn, notList, oneOf, present, textOf, undecided, undecidedAbove } from './guard-clauses';
import { GUARDED_TYPES, NOT_TOLD } from './guard-limits';
import { wantedIn } from '../evaluator/list-elements';
import { checkSettings, HOP_LIMITS, numberUpTo, Settings } from '../surfaces/settings';
import { LaunchSurface, ListStep } from '../surfaces/surface';
import { LAUNCH_SURFACES } from '../surfaces/surfaces';

/** What the rules hold resources against. */
export type GuardSettings = Pick<Settings, 'maxHttpPutResponseHopLimit' | 'httpEndpoint'>;

/**
 * Rules for CloudFormation Guard 3, for every type that it can judge; the same for templates and for what a hook is given.
 *
 * A disabled endpoint is as good as required tokens, as everywhere in this library.
 */
export function guardRules(settings: GuardSettings = {}): string {
  checkSettings(settings);
  const { maxHttpPutResponseHopLimit: max = HOP_LIMITS.max } = settings;
  const surfaces = LAUNCH_SURFACES.filter(({ type }) => GUARDED_TYPES.includes(type));
  return [
    '# IMDSv2 in CloudFormation, for CloudFormation Guard 3. Written by cdk-imds-guard: do not edit.',
    '#',
    '# Guard sees one resource at a time, so:',
    ...NOT_TOLD.map(each => `# - ${each}`),
    '',
    `let hop_limits = ${listOf(Array.from({ length: max }, (_, i) => i + HOP_LIMITS.min))}`,
    ...surfaces.flatMap(surface => ['', ...rulesOf(surface, settings)]),
    '',
  ].join('\n');
}

interface Rule {
  readonly name: string;
  readonly what: string;
  readonly fix: string;
  readonly body: readonly string[];
}

function rulesOf(surface: LaunchSurface, settings: GuardSettings): string[] {
  const { type } = surface;
  const name = type.toLowerCase().replace(/::/g, '_');
  const rules = [
    ...surface.tokens ? [tokensRule(surface)] : [],
    ...hopLimitRule(surface, settings),
    ...endpointRule(surface, settings),
    ...uncontrolledRules(surface),
  ];
  return [
    `let ${name} = Resources.*[ Type == '${type}' or ResourceType == '${type}' ][ keys == /^(Resource)?Properties$/ ]`,
    ...rules.flatMap(rule => [
      ...block(`rule check_${name}_${rule.name}(properties)`, block('%properties', rule.body)),
      // Guard shows a message of its own only beside a rule that takes something
      ...block(`rule ${name}_${rule.name} when %${name} !empty`, [
        `check_${name}_${rule.name}(%${name})`, '<<', `${type} ${rule.what}`, `Fix: ${rule.fix}. See ${surface.page}`, '>>',
      ]),
    ]),
  ];
}

function tokensRule(surface: LaunchSurface): Rule {
  const { container, tokens, onlyWhereWritten } = surface;
  const { key, required } = tokens!;
  const list = container!.find(isList);
  const isAdded = list?.add === true;
  const isScalar = !list && !onlyWhereWritten && !surface.follows; // `hasValue` sees to it; a hook's template has no room for it twice
  return {
    name: 'requires_imdsv2',
    what: 'must require IMDSv2',
    fix: fixOf(surface, key, required),
    body: [
      ...inEach(container!, names => {
        const value = [...names, key].join('.');
        const safe = [...oneOf(value, [required]), ...isAdded ? [] : absent(value), ...disabled(surface, names)];
        return lines(...onlyWhereWritten ? [readable(names)] : [], safe, ...isScalar ? [] : [[...notList(value), ...disabled(surface, names)]]);
      }),
      ...onlyWhereWritten ? [] : lines(list ? hasElement(surface, list) : hasValue(surface, key)),
    ],
  };
}

/** An object, nothing, or what cannot be decided. */
const readable = (names: readonly string[]): AnyOf => [`${names.join('.')} is_struct`, ...absent(names.join('.')), ...undecided(names.join('.'))];

/** Not left to the account or the image. */
function hasValue(surface: LaunchSurface, key: string): AnyOf {
  const names = namesIn(surface.container!);
  return [...present([...names, key].join('.')), ...undecidedAbove(names), ...disabled(surface, names), ...textOf(surface), ...followed(surface)];
}

function hasElement(surface: LaunchSurface, list: ListStep): AnyOf {
  const names = namesIn(surface.container!.slice(0, surface.container!.indexOf(list)));
  const path = names.join('.');
  return [`some ${path}${filterOf(list)} exists`, ...undecided(`${path}[*]`), ...undecidedAbove(names), ...followed(surface)];
}

function hopLimitRule(surface: LaunchSurface, { maxHttpPutResponseHopLimit: max = HOP_LIMITS.max }: GuardSettings): Rule[] {
  const { container, hopLimit } = surface;
  if (hopLimit === undefined) { return []; }
  return [{
    name: 'limits_hops',
    what: `must have a hop limit ${max === HOP_LIMITS.min ? `of ${max}` : `from ${HOP_LIMITS.min} to ${max}`}`,
    fix: `set ${pathOf(surface, hopLimit)} to ${numberUpTo(max)}`,
    body: inEach(container!, names => {
      const value = [...names, hopLimit].join('.');
      return lines([`${value} in %hop_limits`, ...undecided(value), ...absent(value), ...disabled(surface, names)], [...notList(value), ...disabled(surface, names)]);
    }),
  }];
}

function endpointRule(surface: LaunchSurface, { httpEndpoint }: GuardSettings): Rule[] {
  const { container, endpoint, onlyWhereWritten } = surface;
  if (endpoint === undefined) { return []; }
  const allowed = httpEndpoint === undefined ? ['enabled', 'disabled'] : [httpEndpoint ? 'enabled' : 'disabled'];
  return [{
    name: 'sets_endpoint',
    what: `must have the endpoint ${allowed.join(' or ')}`,
    fix: `set ${pathOf(surface, endpoint)} to ${allowed.map(each => `"${each}"`).join(' or ')}`,
    body: [
      ...inEach(container!, names => {
        const value = [...names, endpoint].join('.');
        return lines([...oneOf(value, allowed), ...absent(value)], notList(value));
      }),
      ...httpEndpoint === false && !onlyWhereWritten ? lines(hasValue({ ...surface, endpoint: undefined }, endpoint)) : [],
    ],
  }];
}

function uncontrolledRules({ uncontrolled = [] }: LaunchSurface): Rule[] {
  return uncontrolled.map(({ path, why }) => {
    const names = namesIn(path);
    return {
      name: `leaves_out_${names.at(-1)!.toLowerCase()}`,
      what: `must do without ${names.join('.')}`,
      fix: why,
      body: lines([...absent(names.join('.')), `${names.join('.')} == []`, ...undecidedAbove(names.slice(0, -1))]),
    };
  });
}

/** Or made by a function, which may switch it off. */
function disabled({ endpoint }: LaunchSurface, names: readonly string[]): AnyOf {
  const path = [...names, endpoint].join('.');
  return endpoint === undefined ? [] : [`${path} == 'disabled'`, ...undecided(path)];
}

/** What it refers to decides; a launch template has a rule of its own. */
function followed({ follows = [] }: LaunchSurface): AnyOf {
  return follows.flatMap(({ path }) => present(namesIn(path).join('.')));
}

function pathOf({ container }: LaunchSurface, key: string): string {
  return [...namesIn(container!), key].join('.');
}

function fixOf(surface: LaunchSurface, key: string, required: string | number | boolean): string {
  const list = surface.container!.find(isList);
  const where = list?.add ? ` in the element with ${Object.entries(list.where).map(([name, value]) => `${name} ${wantedIn(value).join(' or ')}`).join(' and ')}` : '';
  return `set ${pathOf(surface, key)}${where} to ${JSON.stringify(required)}`;
}
