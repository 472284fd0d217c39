import fc from 'fast-check';
import { nearlyTemplate, propertiesOf, settings } from './launch-resources';
import { harden } from '../../src/private/harden';
import { branchesOf, isAbsent, isObject, JsonObject } from '../../src/private/json';
import { readJsonText } from '../../src/private/json-text';
import { judge } from '../../src/private/judge';
import { needsEndpoint, startsContainers } from '../../src/private/needs';
import { Settings } from '../../src/private/settings';
import { LaunchSurface, ListStep, Step } from '../../src/private/surface';
import { LAUNCH_SURFACES } from '../../src/private/surfaces';

const SURFACES = LAUNCH_SURFACES.filter(({ container }) => container).map(surface => [surface.type, surface] as const);
const KEYS = [...new Set(LAUNCH_SURFACES.flatMap(({ container = [], follows = [], tokens }) => (
  [...container, ...follows.flatMap(({ path, keys }) => [...path, ...Object.values(keys ?? {})]), tokens?.key].filter(step => typeof step === 'string')
)))];

describe.each(SURFACES)('any %s', (type, surface) => {
  const anything = fc.tuple(propertiesOf(surface), settings);
  const holds = (check: (properties: JsonObject, chosen: Settings) => void): void => fc.assert(fc.property(anything, each => check(...each)));

  test('has no finding about IMDSv1 or the hop limit once it is hardened', () => holds((properties, chosen) => {
    const { findings } = judge({ Resources: { R: { Type: type, Properties: hardened(surface, properties, chosen) } } }, () => chosen);

    expect(findings.filter(({ rule }) => rule === 'imdsv1-allowed' || rule === 'hop-limit-too-high')).toEqual([]);
  }));

  test('is the very same once it has been hardened', () => holds((properties, chosen) => {
    const once = hardened(surface, properties, chosen);

    expect(hardened(surface, once, chosen)).toBe(once);
  }));

  test('keeps everything but its IMDS settings', () => holds((properties, chosen) => {
    const { container } = surface;

    expect(without(hardened(surface, properties, chosen), container!, surface)).toEqual(without(properties, container!, surface));
  }));

  test('is not changed itself', () => holds((properties, chosen) => {
    const before = JSON.stringify(properties);
    hardened(surface, deepFreeze(properties), chosen);

    expect(JSON.stringify(properties)).toBe(before);
  }));

  test('is hardened and judged without an error, whatever its properties are', () => {
    fc.assert(fc.property(fc.jsonValue(), settings, (properties, chosen) => {
      judge({ Resources: { R: { Type: type, Properties: hardened(surface, properties, chosen) } } });
    }));
  });
});

describe('any JSON', () => {
  test('is judged without an error', () => {
    fc.assert(fc.property(fc.jsonValue(), template => void judge(template)));
    fc.assert(fc.property(fc.jsonValue(), resources => void judge({ Resources: resources, Parameters: resources })));
  });

  test('that looks like a template is judged, and hardened twice is hardened once', () => {
    fc.assert(fc.property(nearlyTemplate(LAUNCH_SURFACES.map(({ type }) => type), KEYS), template => {
      judge(deepFreeze(template));
      for (const [, surface] of SURFACES) {
        const once = hardened(surface, (template as JsonObject).Resources, {});
        expect(hardened(surface, once, {})).toBe(once);
      }
    }), { numRuns: 500 });
  });

  test('is searched for what needs the endpoint without an error', () => {
    fc.assert(fc.property(fc.jsonValue(), value => {
      startsContainers(value);
      LAUNCH_SURFACES.forEach(surface => needsEndpoint(surface, { Properties: value, Metadata: value, CreationPolicy: value }));
    }));
  });
});

function hardened(surface: LaunchSurface, properties: unknown, chosen: Settings): unknown {
  return harden(properties, surface.container!, { surface, settings: chosen, defaultHopLimit: 1 });
}

/** What is left when the IMDS settings are taken away, and what holds nothing else with them. */
function without(value: unknown, path: readonly Step[], surface: LaunchSurface): unknown {
  const [step, ...rest] = path;
  const branches = branchesOf(value);
  if (branches) { return { 'Fn::If': [branches[0], ...branches.slice(1).map(branch => without(branch, path, surface))] }; }
  if (isAbsent(value)) { return undefined; }
  if (typeof step === 'object' && !('where' in step)) {
    const text = readJsonText(value);
    return text ? { text: without(text.expression(), rest, surface) } : without(value, rest, surface);
  }
  if (typeof step === 'object') {
    if (!Array.isArray(value)) { return value; }
    const left = value.map(each => withoutElement(each, step, rest, surface)).filter(each => each !== undefined);
    return left.length > 0 ? left : undefined;
  }
  if (!isObject(value)) { return value; }
  const names = [surface.tokens!.key, surface.hopLimit, surface.endpoint];
  const entries = step === undefined
    ? Object.entries(value).filter(([key]) => !names.includes(key))
    : Object.entries(value)
      .map(([key, each]) => [key, key === step ? without(each, rest, surface) : each] as const)
      .filter(([, each]) => each !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function withoutElement(element: unknown, step: ListStep, rest: readonly Step[], surface: LaunchSurface): unknown {
  const branches = branchesOf(element);
  if (branches) {
    const left = branches.slice(1).map(branch => withoutElement(branch, step, rest, surface));
    return left.every(each => each === undefined) ? undefined : { 'Fn::If': [branches[0], ...left] };
  }
  const isAdded = step.add && isObject(element) && Object.entries(step.where).every(([key, wanted]) => element[key] === wanted);
  return isAdded ? undefined : without(element, rest, surface);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) { Object.values(Object.freeze(value)).forEach(deepFreeze); }
  return value;
}
