import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { judge, judgeAll } from '../../src/engine/judge/judge';
import { setApart } from '../../src/input/duplicate-keys';
import { positionsIn } from '../../src/input/positions';
import { isTemplate, ReadTemplate, readTemplate } from '../../src/input/read-template';

const FIXTURES = join(__dirname, '../fixtures/duplicate-keys');

function read(text: string, file = 't.yaml'): ReadTemplate {
  const found = readTemplate(Buffer.from(text), file);
  if (!isTemplate(found)) { throw new Error(found.problem.message); }
  return found;
}

/** The verdicts by logical id. */
function verdicts(text: string): { [logicalId: string]: string } {
  const { resources } = judge(read(text).template);
  return Object.fromEntries(resources.map(({ logicalId, verdict }) => [logicalId, verdict]));
}

/** An instance whose properties are these lines. */
function host(...lines: string[]): string {
  return ['Resources:', '  Host:', '    Type: AWS::EC2::Instance', '    Properties:', ...lines.map(line => `      ${line}`)].join('\n');
}

const options = (tokens: string): string => `MetadataOptions: { HttpTokens: ${tokens} }`;
const REQUIRED = options('required');
const OPTIONAL = options('optional');
const OTHER = 'ImageId: ami-1';

describe('where a key stands twice, every value is judged', () => {
  test.each<[string, string, string]>([
    ['both strong', host('MetadataOptions:', '  HttpTokens: required', '  HttpTokens: required'), 'compliant'],
    ['the first weak', host('MetadataOptions:', '  HttpTokens: optional', '  HttpTokens: required'), 'violation'],
    ['the last weak', host('MetadataOptions:', '  HttpTokens: required', '  HttpTokens: optional'), 'violation'],
    ['the second of three weak', host('MetadataOptions:', '  HttpTokens: required', '  HttpTokens: optional', '  HttpTokens: required'), 'violation'],
    ['three times, all strong', host('MetadataOptions:', '  HttpTokens: required', '  HttpTokens: required', '  HttpTokens: required'), 'compliant'],
    ['the map around it, both strong', host(REQUIRED, OTHER, REQUIRED), 'compliant'],
    ['the map around it, one without the setting', host(REQUIRED, 'MetadataOptions: { HttpEndpoint: enabled }'), 'violation'],
    ['the map around it, one weak', host(OPTIONAL, REQUIRED), 'violation'],
    ['in quotes', host('"MetadataOptions": { "HttpTokens": required, \'HttpTokens\': optional }'), 'violation'],
    ['something else', host(OTHER, REQUIRED, OTHER), 'compliant'],
    ['the properties, both strong', `${host(REQUIRED)}\n    Properties:\n      ${REQUIRED}`, 'compliant'],
    ['the properties, the last without it', `${host(REQUIRED)}\n    Properties:\n      ${OTHER}`, 'violation'],
    ['a function of two arguments', host('MetadataOptions: { HttpTokens: { "Fn::Sub": required, "Fn::Sub": optional } }'), 'violation'],
    ['a function of two arguments that are strong', host('MetadataOptions: { HttpTokens: { "Fn::Sub": required, "Fn::Sub": required } }'), 'compliant'],
    ['a parameter, one of them weak', `Parameters:\n  P: { Type: String, Default: optional }\n  P: { Type: String, Default: required, AllowedValues: [required] }\n${host(options('!Ref P'))}`, 'violation'],
    ['a parameter, each with one value', `Parameters:\n  P: { Type: String, AllowedValues: [required], AllowedValues: [required] }\n${host(options('!Ref P'))}`, 'compliant'],
    ['a default, one of them weak', `Parameters:\n  P: { Type: String, Default: optional, Default: required }\n${host(options('!Ref P'))}`, 'violation'],
    ['a mapping, both strong', `Mappings:\n  M: { a: { b: required } }\n  M: { a: { b: required } }\n${host(options('!FindInMap [M, a, b]'))}`, 'compliant'],
    ['a mapping, one weak', `Mappings:\n  M: { a: { b: required } }\n  M: { a: { b: optional } }\n${host(options('!FindInMap [M, a, b]'))}`, 'violation'],
    ['a mapping, one without the key', `Mappings:\n  M: { a: { b: required } }\n  M: { c: { b: required } }\n${host(options('!FindInMap [M, a, b, { DefaultValue: optional }]'))}`, 'violation'],
    ['a condition', `Conditions:\n  C: !Equals [a, a]\n  C: !Equals [a, b]\n${host(options('!If [C, required, optional]'))}`, 'violation'],
    ['the conditions', `Conditions:\n  C: !Equals [a, a]\nConditions:\n  C: !Equals [a, b]\n${host(options('!If [C, required, optional]'))}`, 'violation'],
  ])('%s', (_, text, verdict) => {
    expect(verdicts(text)).toEqual({ Host: verdict });
  });

  test('of an output, each of them', () => {
    const child = `${host(REQUIRED)}\nOutputs:\n  O: { Value: required, Value: optional }\n  O: { Value: required }\n`;
    const parent = `Resources:\n  Nested: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: x } }\n${host(options('!GetAtt Nested.Outputs.O')).replace('Resources:\n', '')}`;
    const sources = [{ id: 'p', template: read(parent).template, children: new Map([['Nested', ['c']]]) }, { id: 'c', template: read(child).template }];

    expect(judgeAll(sources).get('p')!.resources).toContainEqual(expect.objectContaining({ logicalId: 'Host', verdict: 'violation' }));
  });

  test('of an export, each of them', () => {
    const exporter = `${host(REQUIRED)}\nOutputs:\n  O: { Value: required, Export: { Name: a } }\n  O: { Value: optional, Export: { Name: b } }\n`;
    const importing = (name: string): string => host(options(`!ImportValue ${name}`));
    const sources = [exporter, importing('a'), importing('b')].map((text, i) => ({ id: String(i), template: read(text).template }));
    const judged = judgeAll(sources);

    expect(['1', '2'].map(id => judged.get(id)!.resources[0].verdict)).toEqual(['compliant', 'violation']);
  });

  test('of a resource, each under a name of its own', () => {
    expect(verdicts(`${host(OPTIONAL)}\n${host(REQUIRED).replace('Resources:\n', '')}`)).toEqual({ 'Host#1': 'violation', 'Host': 'compliant' });
    expect(verdicts(`${host(REQUIRED)}\n${host(OPTIONAL).replace('Resources:\n', '')}`)).toEqual({ 'Host#1': 'compliant', 'Host': 'violation' });
  });

  test('of the resources, all of them', () => {
    expect(verdicts(`${host(OPTIONAL)}\n${host(REQUIRED)}\n  Other:\n    Type: AWS::EC2::Instance`)).toEqual({ 'Host#1': 'violation', 'Host': 'compliant', 'Other': 'violation' });
  });

  test('of a type, the resource as each of them', () => {
    expect(verdicts(`${host(OPTIONAL)}\n    Type: AWS::SNS::Topic`)).toEqual({ 'Host#1': 'violation' });
  });

  test('of a macro, each of them', () => {
    expect(verdicts(`Transform: Mine\nTransform: AWS::LanguageExtensions\n${host(REQUIRED)}`)).toEqual({ Host: 'compliant', Transform: 'cannot tell' });
  });

  test('of a loop, as one that is not known', () => {
    const loop = (tokens: string): string => `  Fn::ForEach::L: [I, [a], { 'H\${I}': { Type: AWS::EC2::Instance, Properties: { ${options(tokens)} } } }]`;

    expect(verdicts(`Transform: AWS::LanguageExtensions\nResources:\n${loop('required')}\n`)).toEqual({ Ha: 'compliant' });
    expect(verdicts(`Transform: AWS::LanguageExtensions\nResources:\n${loop('optional')}\n${loop('required')}\n`)).toEqual({ 'Fn::ForEach::L': 'cannot tell' });
  });

  test('of an alias, wherever it is used', () => {
    const text = `${host('MetadataOptions: &m', '  HttpTokens: optional', '  HttpTokens: required')}\n  Other:\n    Type: AWS::EC2::Instance\n    Properties: { MetadataOptions: *m }`;

    expect(verdicts(text)).toEqual({ Host: 'violation', Other: 'violation' });
  });

  test('in JSON as in YAML', () => {
    const json = (first: string, last: string): string => (
      `{"Resources": {"Host": {"Type": "AWS::EC2::Instance", "Properties": {"MetadataOptions": {"HttpTokens": "${first}", "Http\\u0054okens": "${last}"}}}}}`
    );

    expect(verdicts(json('required', 'required'))).toEqual({ Host: 'compliant' });
    expect(verdicts(json('optional', 'required'))).toEqual({ Host: 'violation' });
  });
});

describe('a note names the lines', () => {
  test.each<[string, string, string, object[]]>([
    ['YAML', 't.yaml', host('MetadataOptions:', '  HttpTokens: required', '  HttpTokens: required'), [
      { line: 7, column: 9, message: 'the key \'HttpTokens\' stands 2 times in one map, in lines 6 and 7: CloudFormation takes the last, and every one is judged; keep one' },
    ]],
    ['JSON', 't.json', '{"Resources": {},\n"Metadata": {"a": 1,\n"a": 2,\n  "a": 3}}', [
      { line: 4, column: 3, message: 'the key \'a\' stands 3 times in one map, in lines 2, 3 and 4: CloudFormation takes the last, and every one is judged; keep one' },
    ]],
    ['JSON in one line', 't.json', '{"Resources": {}, "Metadata": {"a": 1, "a": 2, "b": 1, "b": 2}}', [
      { line: 1, column: 40, message: 'the key \'a\' stands 2 times in one map, in line 1: CloudFormation takes the last, and every one is judged; keep one' },
      { line: 1, column: 56, message: 'the key \'b\' stands 2 times in one map, in line 1: CloudFormation takes the last, and every one is judged; keep one' },
    ]],
    ['nothing where none does', 't.yaml', host(REQUIRED), []],
    ['no matter how a key is written, and not where it only looks so', 't.json',
      '{"a": ":", "b": "\\":", "c": "\\\\", ":": ": \\" :", "d" : [":", {"a": 1}], "e\\\\": 1, "Resources": {}}', []],
  ])('%s', (_, file, text, notes) => {
    expect(read(text, file).notes ?? []).toEqual(notes);
  });
});

describe('positions are those of the file', () => {
  const yaml = `${host(OPTIONAL)}\n${host(REQUIRED, 'MetadataOptions: {HttpTokens: required, HttpTokens: optional}')}\n`;

  test.each<[string[], number, number]>([
    [['Resources', 'Host#1'], 2, 3],
    [['Resources', 'Host#1', 'Properties', 'MetadataOptions', 'HttpTokens'], 5, 26],
    [['Resources', 'Host'], 7, 3],
    [['Resources', 'Host', 'Properties', 'MetadataOptions', 'HttpTokens'], 11, 47],
    [['Resources', 'Host', 'Properties', 'Other'], 9, 5],
  ])('%s', (path, line, column) => {
    expect(positionsIn(yaml, 'yaml')(path)).toEqual({ line, column });
  });

  test('in JSON', () => {
    expect(positionsIn('{"a": 1, "a": {"b": 1}}', 'json')(['a', 'b'])).toEqual({ line: 1, column: 16 });
  });
});

describe('a key that is not written as it is read is told by its name', () => {
  test.each<[string, string, string, number]>([
    ['an alias', 'Metadata: { &k HttpTokens : 1, *k : 2 }', 'HttpTokens', 1],
    ['an alias in block style', 'Metadata:\n  &k HttpTokens : 1\n  *k : 2', 'HttpTokens', 3],
    ['a text of lines', 'Metadata:\n  a b: 1\n  ? |-\n    a b\n  : 2', 'a b', 3],
    ['a text that is folded', 'Metadata:\n  a b: 1\n  ? a\n    b\n  : 2', 'a b', 3],
    ['a word of YAML', 'Metadata:\n  yes: 1\n  yes: 2', 'true', 3],
    ['a number in two ways', 'Metadata:\n  10: 1\n  0xA: 2', '10', 3],
    ['with an anchor, which a value may have', 'Metadata:\n  a: 1\n  &k a: 2\n  b: *k', 'a', 3],
    ['a tag', 'Metadata:\n  a: 1\n  !!str a: 2', 'a', 3],
    ['nothing', 'Metadata: { : 1, : 2 }', 'null', 1],
  ])('%s', (_, text, key, line) => {
    const found = readTemplate(Buffer.from(`${text}\nResources: {}`), 't.yaml');

    expect(isTemplate(found) ? undefined : found.problem).toMatchObject({
      message: `the key '${key}' is there twice in one map, and only the last would count; remove or rename one`, line,
    });
  });
});

describe('where a question mark leads to a key, and in flow style', () => {
  test.each<[string, string, number]>([
    ['in block style', 'Metadata:\n  ? a\n  : 1\n  ? a\n  : 2', 2],
    ['in flow style', 'Metadata: { ? a : 1, ? a : 2, a: 3 }', 3],
    ['over lines', 'Metadata: { ? a\n : 1, ?\n a\n : 2 }', 2],
    ['without a space', 'Metadata: {"a":1,"a":2,\'a\' :3}', 3],
    ['without a value', 'Metadata: { a, a }', 2],
    ['in quotes that hold quotes', 'Metadata: { "a\\"": 1, "a\\"": 2, b?: 1 }', 2],
    ['beside merged ones', 'Mappings: { m: &m { a: 1, b: 1 } }\nMetadata: { <<: *m, a: 2, a: 3 }', 2],
  ])('%s', (_, text, times) => {
    expect(read(`${text}\nResources: {}`).notes).toMatchObject([{ message: expect.stringContaining(`stands ${times} times in one map`) }]);
  });

  test.each([
    'Metadata: [a: 1, a: 2]', 'Metadata: [{ a: 1 }, { a: 2 }]', 'Metadata:\n  - a: a\n  - a: a', 'Metadata: { a: a, b: a }', 'Metadata:\n  a:\n  b:\n  c: what ?\n  d: ?what',
    'Mappings: { m: &m { a: 1 } }\nMetadata: { <<: *m, a: 2 }', 'Metadata:\n  ? { a: 1 }\n  : { a: 1 }', 'Metadata: { a: ":", ":": a, "b:": "a:" }',
  ])('none stands twice in %j', text => {
    expect(read(`${text}\nResources: {}`).notes ?? []).toEqual([]);
    expect(setApart(`${text}\nResources: {}`, 'yaml')).toBeUndefined();
  });
});

test('a hundred of them take a few goes through the text, not one each', () => {
  const large = (duplicates: number): string => ['Resources:', ...Array.from({ length: 2000 }, (_, i) => [
    `  H${i}:`, '    Type: AWS::EC2::Instance', '    Properties:', `      ${REQUIRED}`, ...i < duplicates ? [`      ${REQUIRED}`] : [],
  ]).flat()].join('\n');
  const timeOf = (text: string): number => {
    const start = performance.now();
    read(text);
    return performance.now() - start;
  };
  timeOf(large(1));

  expect(timeOf(large(100))).toBeLessThan(3 * timeOf(large(1)) + 200); // 25 times it before
});

test('what is malformed behind a key that stands twice is told', () => {
  const found = readTemplate(Buffer.from('Metadata:\n  a: 1\n  a: 2\nResources: {'), 't.yaml');

  expect(isTemplate(found) ? undefined : found.problem).toMatchObject({ message: expect.stringContaining('malformed YAML'), line: 4 });
});

describe('what is beyond reason is refused as before', () => {
  test.each<[string, string]>([
    ['hundreds of duplicates', host(...Array.from({ length: 300 }, () => OTHER))],
    ['in JSON', `{"Resources": {}, "Metadata": {${Array.from({ length: 300 }, () => '"a": 1').join(',')}}}`],
    ['a text with our mark in it', `${host(OTHER, OTHER)}\n# \uE0D0`],
  ])('%s', (_, text) => {
    const found = readTemplate(Buffer.from(text), 't.yaml');

    expect(isTemplate(found) ? undefined : found.problem.message).toContain('is there twice in one map');
  });
});

test.each(['duplicate-key.json', 'duplicate-key.yaml'])('%s is read, with a note', file => {
  const { notes = [] } = read(readFileSync(join(FIXTURES, file), 'utf8'), file);

  expect(notes.map(({ message }) => message)).toEqual([expect.stringContaining('stands 2 times in one map')]);
});

test('what stands once stays as it is', () => {
  const template = { Resources: { Host: { Type: 'AWS::EC2::Instance', Properties: { Tags: [{ Key: 'a', Value: 'b' }] } } } };

  expect(read(`${dump(template)}Metadata: { a: 1, a: 2 }\n`).template.Resources).toEqual(template.Resources);
});
