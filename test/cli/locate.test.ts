import { join } from 'node:path';
import * as fc from 'fast-check';
import { locate, locatorOf, locatorOfTemplate } from '../../src/cli/locate';
import { Path } from '../../src/engine/evaluator/expressions-at';
import { InputTemplate } from '../../src/input/input-template';
import { readTemplate } from '../../src/input/read-template';
import { folderWith } from '../support/files';
import { Json, TEMPLATES, yamlOf } from '../support/template-text';

const JSON_TEXT = `{
  "Resources": {
    "Host": { "Type": "AWS::EC2::Instance", "Properties": {
      "Tags": [1, { "Key": "k" }],
      "MetadataOptions": { "Fn::If": ["A", { "HttpTokens": "optional" }, {"HttpTokens": "required"}] }
    } }
  }
}`;

const YAML_TEXT = `# a comment
Base: &base
  HttpTokens: optional
Resources:
  Host: # the host
    Type: AWS::EC2::Instance
    Properties:
      Tags:
      - 1
      -
      - Key: k
      MetadataOptions: !If
        - A
        - { HttpTokens: optional }
        - HttpTokens: required
      "Same \\"options\\"": *base
      Merged:
        <<: [*base]
        HttpEndpoint: enabled
      ? Explicit
      : !Sub
        - "\${x}"
        - x: 1
      Script: |
        Tags: no key
      On: { yes: 1, 2: two }
`;

/** The line at a position, from its column on. */
function at(text: string, format: 'json' | 'yaml', path: Path): string | undefined {
  const position = locate(text, format, path);
  return position && text.split('\n')[position.line - 1].slice(position.column - 1);
}

const PROPERTIES = ['Resources', 'Host', 'Properties'];

describe('in JSON', () => {
  test.each<[Path, string]>([
    [['Resources'], '"Resources": {'],
    [['Resources', 'Host', 'Type'], '"Type": "AWS::EC2::Instance", "Properties": {'],
    [[...PROPERTIES, 'Tags', 1, 'Key'], '"Key": "k" }],'],
    [[...PROPERTIES, 'Tags', 0], '1, { "Key": "k" }],'],
    [[...PROPERTIES, 'MetadataOptions', 'Fn::If', 2, 'HttpTokens'], '"HttpTokens": "required"}] }'],
    [[...PROPERTIES, 'MetadataOptions', 'HttpTokens'], '"MetadataOptions": { "Fn::If": ["A", { "HttpTokens": "optional" }, {"HttpTokens": "required"}] }'],
    [[...PROPERTIES, 'Tags', 7], '"Tags": [1, { "Key": "k" }],'],
    [[...PROPERTIES, 'Tags', 0, 'deeper'], '1, { "Key": "k" }],'],
    [['Resources', 'Missing', 'Type'], '"Resources": {'],
    [['Missing'], '{'],
    [[], '{'],
  ])('%j is found as deep as it goes', (path, expected) => {
    expect(at(JSON_TEXT, 'json', path)).toBe(expected);
  });

  test('lines end in any way', () => {
    expect(locate(JSON_TEXT.replaceAll('\n', '\r\n'), 'json', [...PROPERTIES, 'Tags', 1])).toEqual({ line: 4, column: 19 });
    expect(locate(JSON_TEXT.replaceAll('\n', '\r'), 'json', [...PROPERTIES, 'Tags', 1])).toEqual({ line: 4, column: 19 });
  });
});

describe('in YAML', () => {
  test.each<[Path, string]>([
    [['Resources'], 'Resources:'],
    [['Resources', 'Host'], 'Host: # the host'],
    [[...PROPERTIES, 'Tags', 0], '1'],
    [[...PROPERTIES, 'Tags', 2, 'Key'], 'Key: k'],
    [[...PROPERTIES, 'MetadataOptions'], 'MetadataOptions: !If'],
    [[...PROPERTIES, 'MetadataOptions', 'Fn::If'], 'MetadataOptions: !If'],
    [[...PROPERTIES, 'MetadataOptions', 'Fn::If', 1, 'HttpTokens'], 'HttpTokens: optional }'],
    [[...PROPERTIES, 'MetadataOptions', 'Fn::If', 2, 'HttpTokens'], 'HttpTokens: required'],
    [[...PROPERTIES, 'MetadataOptions', 'HttpTokens'], 'MetadataOptions: !If'],
    [[...PROPERTIES, 'Same "options"', 'HttpTokens'], 'HttpTokens: optional'],
    [[...PROPERTIES, 'Merged', 'HttpTokens'], 'HttpTokens: optional'],
    [[...PROPERTIES, 'Merged', 'HttpEndpoint'], 'HttpEndpoint: enabled'],
    [[...PROPERTIES, 'Explicit', 'Fn::Sub', 1, 'x'], 'x: 1'],
    [[...PROPERTIES, 'Script', 'Tags'], 'Script: |'],
    [[...PROPERTIES, 'true', 'true'], 'yes: 1, 2: two }'],
    [[...PROPERTIES, 'true', 2], '2: two }'],
    [['Resources', 'Missing'], 'Resources:'],
  ])('%j is found as deep as it goes', (path, expected) => {
    expect(at(YAML_TEXT, 'yaml', path)).toBe(expected);
  });

  test('lines end in any way', () => {
    expect(locate(YAML_TEXT.replaceAll('\n', '\r\n'), 'yaml', [...PROPERTIES, 'Tags', 2, 'Key'])).toEqual({ line: 11, column: 9 });
  });

  test('the second of two aliases of the same list is found, too', () => {
    expect(locate('a: &a [1]\nb: [*a, *a]\n', 'yaml', ['b', 1])).toEqual({ line: 2, column: 9 });
  });
});

test('text that cannot be read has no positions', () => {
  expect(locate('a: [', 'yaml', ['a'])).toBeUndefined();
  expect(locate('', 'yaml', ['a'])).toBeUndefined();
  expect(locate('', 'json', ['a'])).toBeUndefined();
});

test('positions in UTF-16 and behind a byte order mark are those that an editor shows', () => {
  expect(locatorOf(Buffer.from(`\uFEFF${YAML_TEXT}`, 'utf16le'), 'yaml')(['Resources', 'Host'])).toEqual({ line: 5, column: 3 });
  expect(locatorOf(Buffer.from('\uFEFF{"a": 1}'), 'json')(['a'])).toEqual({ line: 1, column: 2 });
});

describe('of a template', () => {
  const template: InputTemplate = { id: 'a', file: 'a', template: {}, format: 'json', stack: 'a', constructPaths: new Map() };

  test('positions are looked up in its file', () => {
    const folder = folderWith({ 'a.json': JSON_TEXT });

    expect(locatorOfTemplate({ ...template, path: join(folder, 'a.json') })(PROPERTIES)).toEqual({ line: 3, column: 45 });
    expect(locatorOfTemplate({ ...template, path: join(folder, 'gone.json') })(PROPERTIES)).toBeUndefined();
  });

  test('positions are looked up in what standard input held', () => {
    expect(locatorOfTemplate({ ...template, bytes: Buffer.from(JSON_TEXT) })(PROPERTIES)).toEqual({ line: 3, column: 45 });
  });

  test('every position of a template inside another is where its text is', () => {
    const inner: InputTemplate = { ...template, bytes: Buffer.from(YAML_TEXT), format: 'yaml', within: [...PROPERTIES, 'Script'] };

    expect(locatorOfTemplate(inner)(['Resources', 'Deep', 'Inside'])).toEqual({ line: 24, column: 7 });
  });
});

test('every path of any template has a position, in JSON and in YAML', () => {
  fc.assert(fc.property(TEMPLATES, fc.array(fc.nat({ max: 9 }), { maxLength: 30 }), (template, choices) => {
    for (const [text, format] of [[JSON.stringify(template, undefined, 1), 'json'], [yamlOf(template, choices), 'yaml']] as const) {
      expect(readTemplate(Buffer.from(text), `a.${format}`)).toHaveProperty('template');
      const [locator, lines] = [locatorOf(Buffer.from(text), format), text.split(/\r\n|\r|\n/)];
      for (const path of pathsIn(template)) {
        const { line, column } = locator(path)!;
        expect(column).toBeLessThanOrEqual(lines[line - 1].length);
      }
    }
  }), { numRuns: 200 });
});

test('the position of a key in YAML is that of the key itself, whatever the style', () => {
  fc.assert(fc.property(TEMPLATES, fc.array(fc.constantFrom(0, 1), { maxLength: 30 }), (template, choices) => {
    const text = yamlOf(template, choices);
    const locator = locatorOf(Buffer.from(text), 'yaml');
    for (const logicalId of Object.keys(template.Resources as object)) {
      const { line, column } = locator(['Resources', logicalId, 'Type'])!;
      expect(text.split(/\r\n|\r|\n/)[line - 1].slice(column - 1)).toMatch(/^"Type":/);
    }
  }), { numRuns: 200 });
});

test.each(['json', 'yaml'] as const)('in a large %s file every part is found without a search through all of it', format => {
  const names = Array.from({ length: 15_000 }, (_, i) => `R${i}`);
  const text = format === 'json' ? JSON.stringify({ Resources: Object.fromEntries(names.map(each => [each, 1])) }, undefined, 1)
    : `Resources:\n${names.map(each => `  ${each}: 1\n`).join('')}`;
  const locator = locatorOf(Buffer.from(text), format);
  const before = Date.now();
  const lines = names.map(each => locator(['Resources', each])?.line);
  expect(Date.now() - before).toBeLessThan(1_500);
  expect(lines).toEqual(names.map((_, i) => i + (format === 'json' ? 3 : 2)));
});

function pathsIn(value: Json): Path[] {
  if (typeof value !== 'object' || value === null) { return [[]]; }
  const entries = Array.isArray(value) ? value.map((each, i) => [i, each] as const) : Object.entries(value);
  return [[], ...entries.flatMap(([key, each]) => pathsIn(each).map(path => [key, ...path]))];
}
