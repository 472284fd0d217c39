import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { Problem } from '../../src/engine/findings/report';
import { isTemplate, ReadTemplate, readTemplate } from '../../src/input/read-template';
import { TEMPLATES, yamlOf } from '../support/template-text';

const BAD_INPUT = join(__dirname, '../fixtures/bad-input');

const JSON_TEXT = '{"Resources": {"Host": {"Type": "AWS::EC2::Instance", "Properties": {"Tags": [1, "b"]}}}}';
const YAML_TEXT = 'Resources:\n  Host:\n    Type: AWS::EC2::Instance\n    Properties:\n      Tags:\n      - 1\n      - b\n';
const TEMPLATE = JSON.parse(JSON_TEXT) as unknown;

function read(text: string | Buffer, file = 'template.yaml'): unknown {
  const found = readTemplate(Buffer.from(text as string), file);
  if (!isTemplate(found)) { throw new Error(found.problem.message); }
  return found.template;
}

function problemIn(text: string | Buffer, file = 'template.yaml'): Problem {
  const found = readTemplate(Buffer.from(text as string), file);
  if (isTemplate(found)) { throw new Error(`a template was read: ${JSON.stringify(found.template)}`); }
  return found.problem;
}

/** The properties of the only resource of a YAML template. */
function properties(lines: string): unknown {
  return (read(`Resources:\n  Host:\n    Type: T\n    Properties:\n${lines.replace(/^/gm, '      ')}\n`) as { Resources: { Host: { Properties: unknown } } }).Resources.Host.Properties;
}

describe('a template is read', () => {
  const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');

  test.each<[string, string | Buffer, string]>([
    ['as JSON', JSON_TEXT, 'a.json'],
    ['as YAML', YAML_TEXT, 'a.yaml'],
    ['as JSON in a .yaml file', JSON_TEXT, 'a.yaml'],
    ['as JSON with a trailing comma in a .yaml file, where it is YAML', JSON_TEXT.replace(/\}$/, ',}'), 'a.yaml'],
    ['as YAML in a .json file', YAML_TEXT, 'a.json'],
    ['as YAML in a .template file', YAML_TEXT, 'a.template'],
    ['as YAML in flow style', JSON_TEXT.replaceAll(/"([A-Z]\w*)":/g, '$1:'), 'a.json'],
    ['with a byte order mark', `\uFEFF${JSON_TEXT}`, 'a.json'],
    ['with a byte order mark before YAML', `\uFEFF${YAML_TEXT}`, 'a.yaml'],
    ['with Windows line ends', YAML_TEXT.replaceAll('\n', '\r\n'), 'a.yaml'],
    ['in UTF-16, little endian', utf16(YAML_TEXT), 'a.yaml'],
    ['in UTF-16, big endian', utf16(JSON_TEXT).swap16(), 'a.json'],
    ['with tabs after colons, before comments and in empty lines', YAML_TEXT.replaceAll(': ', ':\t').replaceAll('\n', '\t# tab\n\t\n'), 'a.yaml'],
    ['with tabs in JSON in a .yaml file', JSON.stringify(TEMPLATE, undefined, '\t'), 'a.yaml'],
    ['with a mark before and one after it', `---\n${YAML_TEXT}---\n`, 'a.yaml'],
  ])('%s', (_, text, file) => {
    expect(read(text, file)).toEqual(TEMPLATE);
  });

  test('with aliases and merged maps written out', () => {
    const text = 'Options: &options { HttpTokens: required, HttpEndpoint: enabled }\n'
      + 'Resources:\n  Host:\n    Type: T\n    Properties:\n      Same: *options\n      More:\n        <<: *options\n        HttpTokens: optional\n';

    expect(read(text)).toMatchObject({
      Resources: {
        Host: {
          Properties: {
            Same: { HttpTokens: 'required', HttpEndpoint: 'enabled' },
            More: { HttpTokens: 'optional', HttpEndpoint: 'enabled' },
          },
        },
      },
    });
  });

  test.each(['json', 'yaml'])('with logical ids that every object seems to have, in %s', format => {
    const text = format === 'json'
      ? '{"Resources": {"__proto__": {"Type": "A"}, "constructor": {"Type": "B"}, "hasOwnProperty": {"Type": "C"}}}'
      : 'Resources:\n  __proto__: { Type: A }\n  constructor: { Type: B }\n  hasOwnProperty: { Type: C }\n';
    const { Resources: resources } = read(text) as { Resources: object };

    expect(Object.entries(resources)).toEqual([['__proto__', { Type: 'A' }], ['constructor', { Type: 'B' }], ['hasOwnProperty', { Type: 'C' }]]);
  });

  test('and tells whether it takes values from other stacks', () => {
    const imports = (text: string): unknown => readTemplate(Buffer.from(text), 'a.yaml');

    expect(imports(YAML_TEXT)).toMatchObject({ imports: false });
    expect(imports(YAML_TEXT.replace('- b', '- !ImportValue b'))).toMatchObject({ imports: true });
  });

  test('and tells whether it is JSON or YAML, by its content', () => {
    expect(readTemplate(Buffer.from(JSON_TEXT), 'a.yaml')).toMatchObject({ format: 'json' });
    expect(readTemplate(Buffer.from(YAML_TEXT), 'a.json')).toMatchObject({ format: 'yaml' });
  });

  test('of a stack without resources only where an assembly lists it', () => {
    expect(readTemplate(Buffer.from('{}'), 'a.json', { isListed: true })).toMatchObject({ template: {} });
    expect(problemIn('{}').message).toContain('no CloudFormation template');
  });
});

describe('a short form becomes the long one', () => {
  test.each<[string, unknown]>([
    ['!Ref Host', { Ref: 'Host' }],
    ['!Ref 12', { Ref: '12' }],
    ['!Condition IsProd', { Condition: 'IsProd' }],
    ['!GetAtt Host.Arn', { 'Fn::GetAtt': ['Host', 'Arn'] }],
    ['!GetAtt Nested.Outputs.Arn', { 'Fn::GetAtt': ['Nested', 'Outputs.Arn'] }],
    ['!GetAtt [Host, Arn]', { 'Fn::GetAtt': ['Host', 'Arn'] }],
    ['!Sub "${Host}"', { 'Fn::Sub': '${Host}' }],
    ['!Sub ["${a}", { a: !Ref b }]', { 'Fn::Sub': ['${a}', { a: { Ref: 'b' } }] }],
    ['!If [IsProd, !Ref A, !Ref AWS::NoValue]', { 'Fn::If': ['IsProd', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] }],
    ['!Join [",", [a, !Ref b]]', { 'Fn::Join': [',', ['a', { Ref: 'b' }]] }],
    ['!FindInMap [a, b, c]', { 'Fn::FindInMap': ['a', 'b', 'c'] }],
    ['!Base64 text', { 'Fn::Base64': 'text' }],
    ['!Cidr [!GetAtt Vpc.CidrBlock, 6, 8]', { 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 6, 8] }],
    ['!Select [0, !GetAZs ""]', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
    ['!GetAZs', { 'Fn::GetAZs': '' }],
    ['!Split [":", a]', { 'Fn::Split': [':', 'a'] }],
    ['!ImportValue name', { 'Fn::ImportValue': 'name' }],
    ['!Transform { Name: AWS::Include }', { 'Fn::Transform': { Name: 'AWS::Include' } }],
    ['!And [!Condition a, !Not [!Condition b]]', { 'Fn::And': [{ Condition: 'a' }, { 'Fn::Not': [{ Condition: 'b' }] }] }],
    ['!Or [!Equals [a, b]]', { 'Fn::Or': [{ 'Fn::Equals': ['a', 'b'] }] }],
    ['!ToJsonString { a: 1 }', { 'Fn::ToJsonString': { a: 1 } }],
    ['!Length [1, 2]', { 'Fn::Length': [1, 2] }],
    ['!ForEach::Loop [X, [a], {}]', { 'Fn::ForEach::Loop': ['X', ['a'], {}] }],
    ['!NotYetKnown x', { 'Fn::NotYetKnown': 'x' }],
  ])('%s', (text, expected) => {
    expect(properties(`X: ${text}`)).toEqual({ X: expected });
  });

  test('also in block style', () => {
    expect(properties('X: !If\n  - IsProd\n  - !Sub\n    - "${a}"\n    - a: 1\n  - !Base64 |\n    #!/bin/sh\n    date')).toEqual({
      X: { 'Fn::If': ['IsProd', { 'Fn::Sub': ['${a}', { a: 1 }] }, { 'Fn::Base64': '#!/bin/sh\ndate\n' }] },
    });
  });
});

describe('a plain scalar is what CloudFormation takes it for', () => {
  test.each<[string, unknown]>([
    ['2010-09-09', '2010-09-09'],
    ['2010-09-09T12:00:00Z', '2010-09-09T12:00:00Z'],
    ['true', true], ['True', true], ['yes', true], ['on', true], ['YES', true],
    ['false', false], ['no', false], ['Off', false],
    ['y', 'y'], ['n', 'n'], ['yEs', 'yEs'], ['"yes"', 'yes'],
    ['1', 1], ['-7', -7], ['+7', 7], ['1_000', 1000], ['0', 0], ['0x1F', 31], ['-0b11', -3],
    ['0644', 420], ['012345678901', '012345678901'], ['"0644"', '0644'],
    ['1.10', 1.1], ['.5', 0.5], ['1e3', 1000], ['-1.5e-3', -0.0015], ['1.2.3', '1.2.3'],
    ['1e999', '1e999'], ['.inf', '.inf'], ['.nan', '.nan'], ['12:30', '12:30'],
    ['~', null], ['null', null], ['', null], ['NULL', null], ['nUll', 'nUll'],
    ['!!str 12', '12'], ['!!int "12"', 12],
  ])('%s', (text, expected) => {
    expect(properties(`X: ${text}`)).toEqual({ X: expected });
  });
});

const REFUSED: { readonly [file: string]: { readonly line?: number; readonly column?: number; readonly message: string } } = {
  'alias-bomb.yaml': { message: 'its aliases stand for more than 1000000 values; write out what they stand for' },
  'alias-cycle.yaml': { message: 'an alias contains itself; write out what it stands for' },
  'bad-indentation.yaml': { line: 4, column: 4, message: 'malformed YAML, bad indentation of a mapping entry; correct it here' },
  'blank.json': { message: 'the file is empty; name a template' },
  'comment.json': { line: 2, column: 3, message: 'malformed JSON, invalid comment token; correct it here' },
  'cut-off.json': { line: 3, column: 42, message: 'malformed JSON, close brace expected; correct it here' },
  'cut-off.yaml': { line: 2, column: 34, message: 'malformed YAML, unexpected end of the stream within a flow collection; correct it here' },
  'empty.yaml': { message: 'the file is empty; name a template' },
  'list.json': { message: 'no CloudFormation template: a map with \'Resources\' was expected, got a list' },
  'no-resources.yaml': { line: 1, column: 1, message: '\'Resources\' must be a map from logical ids to resources, got nothing' },
  'no-type.yaml': { line: 2, column: 3, message: 'resource \'Host\' has no \'Type\'; give it one' },
  'only-comments.yaml': { message: 'the file has nothing but comments; name a template' },
  'package.json': { message: 'no CloudFormation template: it has none of the sections of one, such as \'Resources\'' },
  'resources-as-list.yaml': { line: 2, column: 1, message: '\'Resources\' must be a map from logical ids to resources, got a list' },
  'several-documents.yaml': { line: 3, column: 1, message: 'there is more than one YAML document in the file; put each template into a file of its own' },
  'tab-indentation.yaml': { line: 3, column: 1, message: 'malformed YAML, tab characters must not be used in indentation; correct it here' },
  'text.yaml': { message: 'no CloudFormation template: a map with \'Resources\' was expected, got text' },
  'trailing-comma.json': { line: 3, column: 45, message: 'malformed JSON, property name expected; correct it here' },
  'type-as-map.json': { line: 4, column: 7, message: 'the \'Type\' of resource \'Host\' must be text, got a map' },
  'unknown-alias.yaml': { line: 2, column: 16, message: 'malformed YAML, unidentified alias "missing"; correct it here' },
};

const FLAWED = join(__dirname, '../fixtures/flawed');

/** By the file: what could not be read of it. Everything else in it is a weak launch template. */
const FLAWS: { readonly [file: string]: readonly { readonly line: number; readonly column: number; readonly message: string }[] } = {
  'rain-directives.yaml': [
    { line: 5, column: 3, message: 'resource \'Network\' is not written out: !Rain::Include is for `rain pkg`; check what that writes' },
    { line: 6, column: 3, message: 'resource \'Bucket\' is not written out: !Rain::Module is for `rain pkg`; check what that writes' },
    { line: 8, column: 3, message: 'resource \'Hosts\' is not written out: !Rain::Include is for `rain pkg`; check what that writes' },
  ],
  'resource-as-text.yaml': [{ line: 4, column: 3, message: 'resource \'Other\' must be a map with a \'Type\', got text' }],
  'resources-of-all-kinds.json': [
    { line: 4, column: 5, message: 'resource \'List\' must be a map with a \'Type\', got a list' },
    { line: 5, column: 5, message: 'resource \'Nothing\' must be a map with a \'Type\', got nothing' },
    { line: 6, column: 5, message: 'resource \'NoType\' has no \'Type\'; give it one' },
    { line: 7, column: 24, message: 'the \'Type\' of resource \'TypeAsMap\' must be text, got a map' },
  ],
  'unsupported-tag.yaml': [{ line: 4, column: 34, message: 'malformed YAML, unknown tag !<tag:yaml.org,2002:binary>; correct it here' }],
};

describe('of a template with flaws', () => {
  const flawed = (text: string | Buffer, file: string): ReadTemplate => readTemplate(Buffer.from(text as string), file) as ReadTemplate;

  test.each(readdirSync(FLAWED))('all but these is read: %s', file => {
    const { flaws, template } = flawed(readFileSync(join(FLAWED, file)), file);

    expect(flaws).toEqual(FLAWS[file].map(({ message, ...place }) => ({ file, message: `${message}; the rest of the template is judged`, ...place })));
    expect(template).toMatchObject({ Resources: { Host: { Type: expect.stringMatching(/^AWS::/) } } });
  });

  test('resources that cannot be read are still known to be there, without contents', () => {
    expect(flawed('{"Resources": {"A": {"Type": "T"}, "B": "T", "C": {"Type": 1, "Properties": {}}}}', 'a.json').template).toEqual({ Resources: { A: { Type: 'T' }, B: {}, C: {} } });
  });

  test('ten are told one by one', () => {
    const odd = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`R${i}`, i]));

    const { flaws } = flawed(JSON.stringify({ Resources: { A: { Type: 'T' }, ...odd } }), 'a.json');

    expect([flaws?.length, flaws?.at(-1)]).toEqual([11, { file: 'a.json', message: '2 more resources of it cannot be read; the rest of the template is judged' }]);
  });

  test('in which nothing can be read, none is judged', () => {
    expect(problemIn('{"Resources": {"A": "T", "B": 1}}', 'a.json')).toMatchObject({ message: 'resource \'A\' must be a map with a \'Type\', got text' });
  });

  test('tags that nobody knows and keys that stand twice are told both', () => {
    const { flaws, notes } = flawed('Resources:\n  A: {Type: T}\n  B: {Type: T, P: !!set {}, P: 1}\n', 'a.yaml');

    expect([flaws?.length, notes?.length]).toEqual([1, 1]);
  });

  test('there are no flaws in one without', () => {
    expect('flaws' in flawed(YAML_TEXT, 'a.yaml')).toBe(false);
  });
});

describe('bad input is refused with one line', () => {
  test.each(readdirSync(BAD_INPUT))('%s', file => {
    expect(problemIn(readFileSync(join(BAD_INPUT, file)), file)).toEqual({ file, ...REFUSED[file] });
  });

  test.each<[string, string | Buffer, string]>([
    ['100,000 brackets', '['.repeat(100_000), 'nested deeper than 200 levels'],
    ['100,000 brackets that close', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'nested deeper than 200 levels'],
    ['a million maps in maps', `${'{"a":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}`, 'nested deeper than 200 levels'],
    ['300 levels of YAML', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'nested deeper than 200 levels'],
    ['201 levels that aliases make', `a0: &a0 []\n${Array.from({ length: 300 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]\n`).join('')}Resources: {}`, 'nested deeper than 200 levels'],
    ['merged maps without end', `a: &a {${Array.from({ length: 1000 }, (_, i) => `k${i}: 1`).join(', ')}}\n${Array.from({ length: 2000 }, (_, i) => `b${i}: { <<: *a }`).join('\n')}`, 'its aliases stand for more than 1000000 values'],
    ['9 MB', Buffer.alloc(9 * 1024 * 1024, ' '), '9 MB is far beyond the 1 MB that CloudFormation takes'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'not text'],
    ['NUL in the middle', `${YAML_TEXT}\0`, 'not text'],
    ['control characters', 'a: \x01\x02', 'malformed YAML, the stream contains non-printable characters'],
    ['a number', '12', 'got a number'],
    ['a word', 'true', 'got true or false'],
  ])('%s', (_, text, message) => {
    expect(problemIn(text).message).toContain(message);
  });

  test('as JSON, unless the name says YAML', () => {
    expect(problemIn('{"Resources": {"A": {"Type": T}}}', 'a.template').message).toContain('malformed JSON');
    expect(read('{"Resources": {"A": {"Type": T}}}', 'a.yml')).toEqual({ Resources: { A: { Type: 'T' } } });
    expect(problemIn('{"Resources": {"A": {"Type": T', 'a.yml').message).toContain('malformed JSON');
  });

  test('as nested too deep only beyond 200 levels', () => {
    const nested = (levels: number): string => `{"Resources": {"A": {"Type": "T", "P": ${'['.repeat(levels - 3)}${']'.repeat(levels - 3)}}}}`;

    expect(read(nested(200))).toHaveProperty('Resources.A');
    expect(problemIn(nested(201)).message).toContain('nested deeper');
  });

  test('that stays one line whatever names are in it', () => {
    const { message } = problemIn(JSON.stringify({ Resources: { [`a\n\u001b[31mb\u2028${'c'.repeat(1000)}`]: 1 } }));

    expect(message).toMatch(/^resource 'a \[31mb c{40,60}…' must be a map with a 'Type', got a number$/);
  });
});

describe('what is no template', () => {
  const noTemplate = (text: string): unknown => readTemplate(Buffer.from(text), 'a.yaml');

  test('is told apart from a template that is wrong', () => {
    expect(noTemplate('{"name": "x"}')).toMatchObject({ isMeant: false, isMalformed: false });
    expect(noTemplate('name: {{ helm }} {{ chart }}')).toMatchObject({ isMeant: false, isMalformed: true });
    expect(noTemplate('Resources: []')).toMatchObject({ isMeant: true, isMalformed: false });
    expect(noTemplate('Resources:\n  A: {{ x }} {{ y }}')).toMatchObject({ isMeant: true, isMalformed: true });
    expect(noTemplate('{"Resources": {"A": {"Type"')).toMatchObject({ isMeant: true, isMalformed: true });
  });

  test('may lack a Type where a macro or an include may bring it', () => {
    expect(noTemplate('Resources: { A: { Properties: {} } }')).toMatchObject({ isMeant: true });
    expect(read('Transform: My::Macro\nResources: { A: { Properties: {} } }')).toHaveProperty('Resources.A');
    expect(read('Resources: { A: { Fn::Transform: { Name: AWS::Include } } }')).toHaveProperty('Resources.A');
    expect(read('Resources: { Fn::ForEach::A: [X, [a], {}] }')).toHaveProperty('Resources');
  });
});

describe('of any template', () => {
  const CHOICES = fc.array(fc.nat({ max: 9 }), { maxLength: 40 });

  test('JSON and YAML, with long forms and short ones, are the same', () => {
    fc.assert(fc.property(TEMPLATES, CHOICES, (template, choices) => {
      const [fromJson, fromYaml] = [read(JSON.stringify(template)), read(yamlOf(template, choices))];

      expect(JSON.stringify(fromJson)).toBe(JSON.stringify(template));
      expect(JSON.stringify(fromYaml)).toBe(JSON.stringify(template));
    }), { numRuns: 500 });
  });

  test.each([
    ['in a block', 'Resources:\n  A:\n    <<: {Type: x}\n    <<: {Type: y}\n'],
    ['by aliases', 'X: &a {T: 1}\nY: &b {T: 2}\nResources:\n  A:\n    <<: *a\n    Type: x\n    <<: *b\n'],
    ['in a flow', 'Resources: {A: {<<: {T: 1}, <<: {T: 2}}}\n'],
  ])('<< twice in a map %s is a problem, since readers differ about it', (_, text) => {
    expect(readTemplate(Buffer.from(text), 'a.yaml')).toMatchObject({ problem: { message: expect.stringContaining('<< stands twice in a map') } });
  });

  test('<< in several maps, and with a list, is none', () => {
    const text = 'X: &a {Type: T}\nY: &b {Metadata: {U: 2}}\nResources:\n  A:\n    <<: [*a, *b]\n  B:\n    <<: *a\n';
    expect(readTemplate(Buffer.from(text), 'a.yaml')).toMatchObject({ template: { Resources: { A: { Type: 'T', Metadata: { U: 2 } }, B: { Type: 'T' } } } });
  });

  test('a damaged copy is a template or a problem on one line, and never an accident', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 }), fc.constantFrom('flip', 'cut', 'insert')), { minLength: 1, maxLength: 4 });
    fc.assert(fc.property(TEMPLATES, CHOICES, fc.boolean(), damage, (template, choices, isJson, damages) => {
      const whole = Buffer.from(isJson ? JSON.stringify(template, undefined, 1) : yamlOf(template, choices));
      const bytes = damages.reduce<Buffer>((left, [at, byte, kind]) => damaged(left, at % (left.length + 1), byte, kind), whole);
      const found = readTemplate(bytes, isJson ? 'a.json' : 'a.yaml');

      if (isTemplate(found)) {
        expect(typeof found.template).toBe('object');
      } else {
        expect(found.problem.message).toMatch(/^[^\n\r]{10,400}$/);
        expect(found.problem.line ?? 1).toBeLessThanOrEqual(bytes.toString().split(/\r\n|\r|\n/).length);
      }
    }), { numRuns: 1_500 });
  });

  function damaged(bytes: Buffer, at: number, byte: number, kind: string): Buffer {
    switch (kind) {
      case 'cut': return bytes.subarray(0, at);
      case 'insert': return Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at)]);
      default: return Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at + 1)]);
    }
  }
});
