import { diffLines } from 'diff';
import { SHAPES } from './shapes';
import { editTemplate, TextToEdit } from '../../src/edit/edit-template';
import { hardenPlaces } from '../../src/engine/harden/harden';
import { isObject, JsonObject } from '../../src/engine/json/json';
import { surfaceOf } from '../../src/engine/surfaces/surfaces';
import { isTemplate, readTemplate } from '../../src/input/read-template';

function hardened(resource: unknown): unknown {
  const surface = isObject(resource) ? surfaceOf(String(resource.Type)) : undefined;
  if (!surface?.container || !isObject(resource)) { return resource; }
  return { ...resource, Properties: hardenPlaces(resource.Properties, { surface, settings: {} }) };
}

function edit(text: string): ReturnType<typeof editTemplate> {
  const read = readTemplate(Buffer.from(text), 'app.template');
  if (!isTemplate(read)) { throw new Error(read.problem.message); }
  const { template, format } = read;
  const given: TextToEdit = { text, format, value: template };
  const resources = Object.entries(template.Resources as JsonObject);
  return editTemplate(given, new Map(resources.map(([logicalId, each]) => [logicalId, hardened(each)])));
}

/** Lines that come and go, each with its mark, whatever ends them. */
function difference(before: string, after: string): string {
  const plain = (text: string): string => `${text.replace(/\r\n?/g, '\n').replace(/\n$/, '')}\n`;
  return diffLines(plain(before), plain(after)).filter(({ added, removed }) => added || removed)
    .map(({ added, value }) => value.replace(/\n$/, '').split('\n').map(line => (added ? '+' : '-') + line).join('\n')).join('\n');
}

test.each(Object.entries(SHAPES))('%s', (_name, { text, becomes, refused }) => {
  const result = edit(text);
  expect({ becomes: difference(text, result.text) || undefined, refused: [...result.refused.values()][0] }).toEqual({ becomes, refused });
  expect(edit(result.text).text).toBe(result.text);
});

test.each([['\r\n'], ['\r']])('line ends %j stay', mark => {
  const { text } = edit(`Resources:${mark}  Web:${mark}    Type: AWS::EC2::Instance${mark}    Properties:`);
  expect(text.split(mark)).toEqual(['Resources:', '  Web:', '    Type: AWS::EC2::Instance', '    Properties:', '      MetadataOptions:', '        HttpTokens: required']);
});

test('one resource is refused and the others are edited', () => {
  const { edited, refused } = edit('Resources:\n  A: {Type: AWS::EC2::Instance}\n  B: {Type: AWS::EC2::Instance, Properties: {MetadataOptions: {HttpTokens: !Ref P}}}\n');
  expect({ edited, refused: [...refused] }).toEqual({ edited: ['A'], refused: [['B', 'HttpTokens comes from !Ref P']] });
});
