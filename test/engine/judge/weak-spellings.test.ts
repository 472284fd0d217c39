/* eslint-disable @stylistic/max-len */ // a case a line
import { JsonObject } from '../../../src/engine/json/json';
import { judge } from '../../../src/engine/judge/judge';
import { placesOf } from '../../../src/engine/surfaces/places';
import { Follow, JSON_TEXT, ListStep, Step } from '../../../src/engine/surfaces/surface';
import { LAUNCH_SURFACES } from '../../../src/engine/surfaces/surfaces';
import { NO_VALUE, verdictsIn } from '../../support/verdicts';

/**
 * What is nearly right, in every row of the table: no spelling of it may pass for compliant.
 *
 * `judge-soundness.test.ts` asks the same of launch templates and instances, of all that a deployment can make of them.
 */
const P = { Ref: 'P' };
const SECTIONS = { Parameters: { P: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [P, 'x'] } } };
const C = (one: unknown, other: unknown): object => ({ 'Fn::If': ['C', one, other] });
const ABSENT = [undefined, null, NO_VALUE];

const PLACES = LAUNCH_SURFACES.flatMap(placesOf).filter(({ container, tokens }) => container && tokens)
  .map(place => [place.type, place.container!.map(named).join('.'), place] as const);

describe.each(PLACES)('%s at %s', (type, _, place) => {
  const { key, required, weak: [weak] } = place.tokens!;
  const at = (value: unknown, list?: (element: object) => unknown): unknown => built(place.container!, value, list);
  const verdict = (properties: unknown): string | undefined => verdictsIn(judge({ ...SECTIONS, Resources: { R: { Type: type, Properties: properties } } })).R;
  const strong = { [key]: required };
  const isSafeUnwritten = place.onlyWhereWritten === true && place.otherwise === undefined;

  test('that requires tokens is fine', () => {
    const { findings } = judge({ ...SECTIONS, Resources: { R: { Type: type, Properties: at(strong) } } });
    expect(findings.filter(each => each.verdict === 'violation')).toEqual([]);
  });

  test.each<[unknown]>([
    [weak], [String(weak)], [''], [{}], [[]], [[required]], [String(required).toUpperCase() === String(required) ? 'x' : String(required).toUpperCase()],
    [` ${required}`], [`${required} `], [0], ['no'], [P], [C(required, weak)], [C(weak, required)], [C(required, '')], [C(required, P)],
    [{ 'Fn::If': ['C', required] }], [C(required, C(NO_VALUE, weak))],
  ])('with tokens %j is not compliant', value => expect(verdict(at({ [key]: value }))).not.toBe('compliant'));

  test.each<[unknown]>([...ABSENT.map((value): [unknown] => [{ [key]: value }]), [{ [key]: C(required, NO_VALUE) }], [{ [otherCase(key)]: required }], [{}], [C(strong, {})]])(
    'without tokens among its settings, as in %j, is compliant only where that is documented', settings => {
      const isSafe = isSafeUnwritten && !place.tokensAmongWritten;
      expect(verdict(at(settings)) === 'compliant').toBe(isSafe);
    });

  test.each<[unknown]>([...ABSENT.map((value): [unknown] => [value]), [C(strong, NO_VALUE)]])(
    'without settings, as in %j, is compliant only where that is documented', settings => {
      if (!isSafeUnwritten) { expect(verdict(at(settings))).not.toBe('compliant'); }
    });

  test.each<[unknown]>([[''], [[]], ['x'], [[strong]], [P], [C(strong, { [key]: weak })], [C({ [key]: weak }, strong)]])(
    'with %j for settings is not compliant', settings => expect(verdict(at(settings))).not.toBe('compliant'));

  const step = place.container!.findIndex(isList);
  if (step < 0) { return; }
  test.each<[string, (one: object, other: object) => unknown]>([
    ['behind one that does', (one, other) => [one, other]],
    ['before one that does', (one, other) => [other, one]],
    ['in one branch', (one, other) => [one, C(other, NO_VALUE)]],
    ['in one branch of the list', (one, other) => C([one], [other])],
    ['alone, without a list', (_one, other) => other],
  ])('with an element that does not require tokens is not compliant: %s', (_name, list) => {
    const below = place.container!.slice(step + 1);
    const properties = at(strong, element => list(element, { ...element, ...built(below, { [key]: weak }) as object }));
    expect(verdict(properties)).not.toBe('compliant');
  });
});

const FOLLOWS = LAUNCH_SURFACES.flatMap(surface => (surface.follows ?? []).map(follow => [surface.type, follow.path.map(named).join('.'), surface, follow] as const));

describe.each(FOLLOWS)('%s that refers by %s', (type, _, surface, follow) => {
  const verdict = (properties: unknown): string | undefined => verdictsIn(judge({ ...SECTIONS, Resources: { ...TARGETS, R: { Type: type, Properties: properties } } })).R;
  const at = (value: unknown, list?: (element: object) => unknown): unknown => built(follow.path, value, list);
  const [strong, weak] = [referenceTo('Strong', follow), referenceTo('Weak', follow)];

  test.each<[unknown]>([
    [weak], ...ABSENT.map((value): [unknown] => [value]), [''], [{}], [[]], ['elsewhere'], [P],
    [C(strong, weak)], [C(strong, NO_VALUE)], [C(strong, '')], [C(strong, {})], [C(strong, P)],
    ...follow.keys ? [[{ [otherCase(follow.keys.id)]: Object.values(strong)[0] as unknown }] as [unknown]] : [],
  ])('to %j is not compliant', reference => expect(verdict(at(reference))).not.toBe('compliant'));

  test('to one that requires tokens is compliant, unless it comes on top of another reference', () => {
    const isOnTop = follow.path.some(isList) && !surface.follows!.every(each => each.path.some(isList));
    expect(verdict(at(strong)) === 'compliant').toBe(!isOnTop);
  });

  test('is not compliant where it refers to a weak one in another way too', () => {
    const others = surface.follows!.filter(each => each !== follow && !each.path.some(isList) && !isBelow(follow, each) && !isBelow(each, follow));
    for (const other of others) {
      const properties = together(at(strong), built(other.path, referenceTo('Weak', other)));
      expect([other.path, verdict(properties)]).not.toEqual([other.path, 'compliant']);
    }
  });

  if (!follow.path.some(isList)) { return; }
  test('is not compliant with a second element that is weak', () => {
    const below = follow.path.slice(follow.path.findIndex(isList) + 1);
    for (const other of [built(below, weak), C(built(below, weak), NO_VALUE)]) {
      expect([other, verdict(at(strong, element => [element, other]))]).not.toEqual([other, 'compliant']);
    }
  });
});

const SILENT = LAUNCH_SURFACES.flatMap(surface => (surface.silence ?? []).filter(({ verdict }) => verdict === 'compliant').map(row => [surface.type, row.path.join('.'), surface, row] as const));

describe.each(SILENT)('%s that is silent, with a safe %s', (type, _, surface, { path, pattern }) => {
  const verdict = (properties: unknown): string | undefined => verdictsIn(judge({ ...SECTIONS, Resources: { R: { Type: type, Properties: properties } } })).R;
  const safe = pattern.replace(/\*/g, 'x');

  test('is compliant', () => expect(verdict(built(path, safe))).toBe('compliant'));

  test.each<[unknown]>([
    [safe.toLowerCase()], [` ${safe}`], [''], [{}], [[safe]], [P], [C(safe, 'other')], [C(safe, NO_VALUE)], [C(safe, P)], ...ABSENT.map((value): [unknown] => [value]),
  ])('but %j is not', value => {
    if (value !== safe) { expect(verdict(built(path, value))).not.toBe('compliant'); }
  });

  test('is not where another property that decides is there and not safe', () => {
    for (const other of new Set(surface.silence!.map(row => row.path.join('.')))) {
      if (other !== path.join('.')) { expect(verdict(together(built(path, safe), built(other.split('.'), 'other')))).not.toBe('compliant'); }
    }
  });
});

/** One of each type that is referred to: one that requires tokens and one that does not. */
const TARGETS: JsonObject = Object.fromEntries([...new Set(FOLLOWS.map(([, , , { to }]) => to))].flatMap(to => (
  ['Strong', 'Weak'].map(which => [logicalIdOf(which, to), { Type: to, Properties: propertiesOf(which, to) }])
)));

function propertiesOf(which: string, type: string): unknown {
  const { container, tokens, follows, silence } = LAUNCH_SURFACES.find(surface => surface.type === type)!;
  if (container) { return built(container, { [tokens!.key]: which === 'Strong' ? tokens!.required : tokens!.weak[0] }); }
  const release = silence ? built(silence[0].path, silence[0].pattern) : {};
  return together(release, built(follows![0].path, referenceTo(which, follows![0])));
}

function referenceTo(which: string, { to, keys }: Follow): JsonObject {
  const id = logicalIdOf(which, to);
  return keys ? { [keys.id]: { Ref: id }, [keys.version]: { 'Fn::GetAtt': [id, 'LatestVersionNumber'] } } : { Ref: id };
}

function logicalIdOf(which: string, type: string): string {
  return `${which}${type.replace(/::/g, '')}`;
}

/** Properties with a value at a path: the elements of a list that are meant, and JSON as text. */
function built([step, ...rest]: readonly Step[], value: unknown, list: (element: object) => unknown = element => [element]): unknown {
  if (step === undefined) { return value; }
  if (step === JSON_TEXT) { return JSON.stringify(built(rest, value, list)); }
  const inner = built(rest, value, list);
  if (typeof step === 'string') { return { [step]: inner }; }
  const where = Object.fromEntries(Object.entries((step as ListStep).where).map(([key, wanted]) => [key, typeof wanted === 'string' ? wanted : wanted[0]]));
  return list(rest.length === 0 && (typeof inner !== 'object' || Array.isArray(inner)) ? where : { ...where, ...inner as object });
}

function isList(step: Step): step is ListStep {
  return typeof step === 'object' && step !== JSON_TEXT;
}

function isBelow({ path }: Follow, other: Follow): boolean {
  return path.length > other.path.length && other.path.every((step, i) => step === path[i]);
}

function named(step: Step): string {
  return typeof step === 'string' ? step : isList(step) ? Object.values(step.where).join(':') || '*' : 'JSON';
}

function otherCase(key: string): string {
  const [first] = key;
  return (first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase()) + key.slice(1);
}

function together(one: unknown, other: unknown): unknown {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other || Array.isArray(one)) { return other; }
  const merged: JsonObject = { ...one };
  for (const [key, value] of Object.entries(other)) { merged[key] = Object.hasOwn(merged, key) ? together(merged[key], value) : value; }
  return merged;
}
