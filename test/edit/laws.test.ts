import fc from 'fast-check';
import { dump } from 'js-yaml';
import { editTemplate, EditedTemplate } from '../../src/edit/edit-template';
import { hardenPlaces } from '../../src/engine/harden/harden';
import { JsonObject } from '../../src/engine/json/json';
import { judge } from '../../src/engine/judge/judge';
import { placesOf } from '../../src/engine/surfaces/places';
import { Settings } from '../../src/engine/surfaces/settings';
import { LaunchSurface } from '../../src/engine/surfaces/surface';
import { LAUNCH_SURFACES } from '../../src/engine/surfaces/surfaces';
import { isTemplate, ReadTemplate, readTemplate } from '../../src/input/read-template';
import { propertiesOf, settings } from '../support/launch-resources';

/** Every type in every writing takes its time. */
const RUNS = { numRuns: 40 };

/** Ways to write a template. */
const WRITERS: readonly ((template: JsonObject) => string)[] = [
  JSON.stringify,
  template => JSON.stringify(template, null, 2),
  template => JSON.stringify(template, null, '\t').replaceAll('\n', '\r\n'),
  template => dump(template, { noRefs: true }),
  template => dump(template, { noRefs: true, indent: 4, noArrayIndent: true, forceQuotes: true }).replaceAll('\n', '\r\n'),
  template => dump(template, { noRefs: true, flowLevel: 3 }),
  template => `# a comment\n${dump(template, { noRefs: true, flowLevel: 5 })}`,
];

function edit(text: string, surface: LaunchSurface, chosen: Settings): EditedTemplate & { readonly before: JsonObject } {
  const read = readTemplate(Buffer.from(text), 'app.template');
  fc.pre(isTemplate(read)); // what js-yaml writes it does not always read
  const { template: value, format } = read as ReadTemplate;
  const { R: resource } = value.Resources as { R: JsonObject };
  const wanted = { ...resource, Properties: hardenPlaces(resource.Properties, { surface, settings: chosen }) };
  return { ...editTemplate({ text, format, value }, new Map([['R', wanted]])), before: value };
}

const SURFACES = LAUNCH_SURFACES.filter(({ container }) => container);
const PLACES = SURFACES.flatMap(surface => placesOf(surface).map(place => [surface.type, surface, place] as const));

describe.each(PLACES)('any %s in any writing', (type, surface, place) => {
  const anything = fc.tuple(propertiesOf(place), settings, fc.constantFrom(...WRITERS));
  const template = (properties: JsonObject): JsonObject => ({ Resources: { R: { Type: type, Properties: properties } } });

  test('requires IMDSv2 once it is edited, or is refused with a reason and stays as it is', () => {
    fc.assert(fc.property(anything, ([properties, chosen, write]) => {
      const text = write(template(properties));
      const { text: after, value, edited, refused } = edit(text, surface, chosen);
      if (edited.length === 0) { expect(after).toBe(text); return; }
      const weak = judge(value, () => chosen).findings.filter(({ rule }) => rule === 'imdsv1-allowed' || rule === 'hop-limit-too-high');
      expect({ weak, refused: refused.size }).toEqual({ weak: [], refused: 0 });
    }), RUNS);
  });

  test('is as it was after another edit', () => {
    fc.assert(fc.property(anything, ([properties, chosen, write]) => {
      const { text } = edit(write(template(properties)), surface, chosen);
      expect(edit(text, surface, chosen).text).toBe(text);
    }), RUNS);
  });
});
