/* eslint-disable @stylistic/max-len */ // a case a line
import fc from 'fast-check';
import { Verdict } from '../../../src/engine/findings/finding';
import { harden } from '../../../src/engine/harden/harden';
import { branchesOf, isAbsent, isObject, JsonObject } from '../../../src/engine/json/json';
import { readJsonText } from '../../../src/engine/json/json-text';
import { judge, judgeAll, Judgement } from '../../../src/engine/judge/judge';
import { needsEndpoint, startsContainers } from '../../../src/engine/judge/needs';
import { placesOf } from '../../../src/engine/surfaces/places';
import { Settings } from '../../../src/engine/surfaces/settings';
import { LaunchSurface, ListStep, Step } from '../../../src/engine/surfaces/surface';
import { LAUNCH_SURFACES } from '../../../src/engine/surfaces/surfaces';
import { linkedResources, nearlyTemplate, propertiesOf, SECTIONS, settings, tokenValues } from '../../support/launch-resources';
import { judged, NO_VALUE, verdictsIn, withOptions } from '../../support/verdicts';

const SURFACES = LAUNCH_SURFACES.flatMap(placesOf).filter(({ container }) => container).map(surface => [surface.type, surface] as const);
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

  test('may be any of several templates that have to do with each other', () => {
    const template = nearlyTemplate([...LAUNCH_SURFACES.map(({ type }) => type), 'AWS::CloudFormation::Stack'], KEYS);
    fc.assert(fc.property(template, template, (one, other) => {
      const children = new Map([['A', ['b']], ['B', ['a', 'b']]]);
      const judgements = judgeAll(deepFreeze([{ id: 'a', template: one, children }, { id: 'b', template: other, children, environment: 'aws://1/eu-central-1' }]));

      expect([...judgements.keys()]).toEqual(['a', 'b']);
    }), { numRuns: 300 });
  });

  test('is searched for what needs the endpoint without an error', () => {
    fc.assert(fc.property(fc.jsonValue(), value => {
      startsContainers(value);
      LAUNCH_SURFACES.forEach(surface => needsEndpoint(surface, { Properties: value, Metadata: value, CreationPolicy: value }));
    }));
  });
});

describe('any resources that refer to each other', () => {
  test('are judged alike in any order', () => {
    const ordered = linkedResources().chain(resources => fc.tuple(fc.constant(resources), fc.shuffledSubarray(Object.keys(resources), { minLength: Object.keys(resources).length })));
    fc.assert(fc.property(ordered, settings, ([resources, order], chosen) => {
      const judgement = judge({ ...SECTIONS, Resources: resources }, () => chosen);
      const reordered = judge({ ...SECTIONS, Resources: Object.fromEntries(order.map(id => [id, resources[id]])) }, () => chosen);

      expect(verdictsIn(reordered)).toEqual(verdictsIn(judgement));
      expect(sorted(reordered.findings)).toEqual(sorted(judgement.findings));
    }), { numRuns: 300 });
  });

  test('are judged alike alone and beside others that have nothing to do with them', () => {
    fc.assert(fc.property(linkedResources(), linkedResources('Other'), (resources, others) => {
      const [one, other] = [resources, others].map(Resources => ({ ...SECTIONS, Resources }));
      const together = judgeAll([{ id: 'one', template: one }, { id: 'other', template: other }]);

      expect(together.get('one')).toEqual(judge(one));
      expect(together.get('other')).toEqual(judge(other));
      expect(verdictsIn(judge({ ...SECTIONS, Resources: { ...resources, ...others } }))).toEqual({ ...verdictsIn(judge(one)), ...verdictsIn(judge(other)) });
    }), { numRuns: 300 });
  });

  test('are not compliant with a finding that says otherwise', () => {
    fc.assert(fc.property(linkedResources(), settings, (resources, chosen) => {
      const { findings, resources: examined } = judge({ ...SECTIONS, Resources: resources }, () => chosen);
      const verdicts = new Map(examined.map(({ logicalId, verdict }) => [logicalId, verdict]));

      expect(findings.filter(each => each.verdict === 'violation' && verdicts.get(each.logicalId) !== 'violation')).toEqual([]);
      expect(findings.filter(each => each.verdict === 'cannot tell' && verdicts.get(each.logicalId) === 'compliant')).toEqual([]);
    }), { numRuns: 300 });
  });
});

describe('any tokens', () => {
  const verdict = (options: unknown, parameters: object = {}): Verdict => judged({ I: withOptions(options) }, {}, { ...SECTIONS, Parameters: { ...SECTIONS.Parameters, ...parameters } }).verdicts.I;
  const RANK: readonly Verdict[] = ['compliant', 'cannot tell', 'violation'];
  const worst = (...verdicts: Verdict[]): Verdict => RANK[Math.max(...verdicts.map(each => RANK.indexOf(each)))];

  test('are the same in both branches of a condition', () => {
    fc.assert(fc.property(tokenValues, HttpTokens => {
      const twice = (value: unknown): object => ({ 'Fn::If': ['Unrelated', value, value] });

      expect(verdict({ HttpTokens: twice(HttpTokens) })).toBe(verdict({ HttpTokens }));
      expect(verdict(twice({ HttpTokens }))).toBe(verdict({ HttpTokens }));
      expect(judged({ I: { Type: 'AWS::EC2::Instance', Properties: twice({ MetadataOptions: { HttpTokens } }) } }, {}, SECTIONS).verdicts.I).toBe(verdict({ HttpTokens }));
    }));
  });

  test('are as bad as the worse of two branches', () => {
    fc.assert(fc.property(tokenValues, tokenValues, (one, other) => {
      const expected = worst(verdict({ HttpTokens: one }), verdict({ HttpTokens: other }));

      expect(verdict({ HttpTokens: { 'Fn::If': ['Unrelated', one, other] } })).toBe(expected);
      expect(verdict({ 'Fn::If': ['Unrelated', { HttpTokens: one }, { HttpTokens: other }] })).toBe(expected);
    }));
  });

  test('are the same as a text of nothing else', () => {
    fc.assert(fc.property(tokenValues.filter(each => each !== NO_VALUE && JSON.stringify(each) !== JSON.stringify(NO_VALUE)), HttpTokens => {
      expect(verdict({ HttpTokens: { 'Fn::Sub': ['${V}', { V: HttpTokens }] } })).toBe(kindOf(HttpTokens) === 'text' ? verdict({ HttpTokens }) : 'cannot tell');
      expect(verdict({ HttpTokens: { 'Fn::Join': ['-', [HttpTokens]] } })).toBe(kindOf(HttpTokens) === 'text' ? verdict({ HttpTokens }) : 'cannot tell');
    }));
  });

  test('are the same as the only value that a parameter allows', () => {
    fc.assert(fc.property(fc.constantFrom<unknown>('required', 'optional', 'on', '', true, 2), HttpTokens => {
      expect(verdict({ HttpTokens: { Ref: 'Only' } }, { Only: { AllowedValues: [HttpTokens] } })).toBe(verdict({ HttpTokens }));
    }));
  });
});

test('any number is the same as its text', () => {
  const number = fc.oneof(fc.integer({ min: -1, max: 66 }), fc.double({ noNaN: true, min: -2, max: 70 }));
  fc.assert(fc.property(number, settings, (value, chosen) => {
    const verdicts = (given: unknown): Record<string, Verdict> => judged({
      H: withOptions({ HttpTokens: 'required', HttpPutResponseHopLimit: given }),
      E: { Type: 'AWS::EMR::SecurityConfiguration', Properties: { SecurityConfiguration: { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: given } } } },
      N: { Type: 'AWS::SageMaker::NotebookInstance', Properties: { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: given } } },
    }, chosen).verdicts;

    expect(verdicts(String(value))).toEqual(verdicts(value));
  }));
});

/** Lists and maps cannot be part of a text. */
function kindOf(value: unknown): 'text' | 'no text' {
  return Array.isArray(value) || (isObject(value) && Object.keys(value)[0] === 'a') ? 'no text' : 'text';
}

function sorted(findings: Judgement['findings']): string[] {
  return findings.map(each => JSON.stringify(each)).sort();
}

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
