import fc from 'fast-check';
import { JsonObject } from '../../../src/engine/json/json';
import { imdsCallsIn } from '../../../src/engine/scripts/imds-calls';
import { Script, scriptsOf, textsOf } from '../../../src/engine/scripts/script-text';
import { EACH } from '../../../src/engine/surfaces/surface';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const ref = (name: string): JsonObject => ({ Ref: name });
const join = (delimiter: string, ...parts: unknown[]): JsonObject => ({ 'Fn::Join': [delimiter, parts] });
const sub = (...argument: unknown[]): JsonObject => ({ 'Fn::Sub': argument.length === 1 ? argument[0] : argument });
const either = (condition: string, whenTrue: unknown, whenFalse: unknown): JsonObject => ({ 'Fn::If': [condition, whenTrue, whenFalse] });
const NOTHING = ref('AWS::NoValue');

const userDataOf = (value: unknown): string[] => scriptsOf({ Properties: { UserData: value } }, ['UserData']).map(({ text }) => text);
const initOf = (init: unknown): Script[] => scriptsOf({ Metadata: { 'AWS::CloudFormation::Init': init } }, ['UserData']);

describe('the text of user data', () => {
  test.each<[string, unknown, string[]]>([
    ['a literal', '#!/bin/bash\nyum update', ['#!/bin/bash\nyum update']],
    ['Fn::Base64', { 'Fn::Base64': 'yum update' }, ['yum update']],
    ['text that is encoded already', base64('#!/bin/bash\nyum update -y\n'), ['#!/bin/bash\nyum update -y\n']],
    ['encoded text over several lines', base64('#!/bin/bash\nyum update -y\n').replace(/(.{10})/g, '$1\n'), ['#!/bin/bash\nyum update -y\n']],
    ['encoded data', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]).toString('base64'), ['H4sIAAAAAAAAAw==']],
    ['words that could be base64', 'docker run nginx and more words', ['docker run nginx and more words']],
    ['a Join', { 'Fn::Base64': join('', 'echo ', ref('A'), '\n', 'date') }, ['echo ${A}\ndate']],
    ['a Join of lines', { 'Fn::Base64': join('\n', 'a', 'b', 3) }, ['a\nb\n3']],
    ['a Join in a Join', join('\n', 'a', join(' ', 'b', 'c')), ['a\nb c']],
    ['a Join of what is not known', { 'Fn::Join': ['', { 'Fn::Split': [',', ref('A')] }] }, ['${Fn::Join}']],
    ['a Sub', { 'Fn::Base64': sub('echo ${A} ${AWS::Region} ${!HOME} $PATH') }, ['echo ${A} ${AWS::Region} ${HOME} $PATH']],
    ['a Sub with values', sub('echo ${A} ${B}', { A: join('-', 'x', 'y') }), ['echo x-y ${B}']],
    ['a Sub with a value that looks like a placeholder', sub('${A}', { A: '${!B} $& $1' }), ['${!B} $& $1']],
    ['a Sub of what is not known', sub(ref('A')), ['${Fn::Sub}']],
    ['a Select', join('', 'a', { 'Fn::Select': ['1', ['b', join('', 'c')]] }), ['ac']],
    ['a Select of what is not known', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, ['${Fn::Select}']],
    ['an attribute', join('', 'a ', { 'Fn::GetAtt': ['Db', 'Endpoint.Address'] }, ' b ', { 'Fn::GetAtt': 'Db.Port' }), ['a ${Db.Endpoint.Address} b ${Db.Port}']],
    ['what only AWS knows', join('', 'a ', { 'Fn::ImportValue': 'x' }, ' ', { 'Fn::FindInMap': ['M', 'a', 'b'] }), ['a ${Fn::ImportValue} ${Fn::FindInMap}']],
    ['an If', either('C', 'a', 'b'), ['a', 'b']],
    ['an If inside a script', { 'Fn::Base64': join('', 'x', either('C', 'a', 'b')) }, ['xa', 'xb']],
    ['an If without user data', either('C', { 'Fn::Base64': 'a' }, NOTHING), ['a']],
    ['an If with a part that is not there', join('', 'x', either('C', 'a', NOTHING)), ['xa', 'x']],
    ['one condition twice', join('', either('C', 'a', 'b'), either('C', 'c', 'd')), ['ac', 'bd']],
    ['two conditions', join('', either('C', 'a', 'b'), either('D', 'c', 'd')), ['ac', 'bd', 'bc', 'ad']],
    ['an If in an If', either('C', 'a', either('D', 'b', 'c')), ['a', 'c', 'b']],
    ['an If among the values of a Sub', sub('x${A}', { A: either('C', sub('curl ${B}'), '') }), ['xcurl ${B}', 'x']],
    ['branches that are alike', either('C', 'a', 'a'), ['a']],
    ['nothing', NOTHING, []],
    ['an empty text', '', []],
  ])('%s', (_, value, texts) => expect(userDataOf(value)).toEqual(texts));

  test('is found below other properties, also in branches of them', () => {
    const resource = { Properties: { LaunchTemplateData: either('C', { UserData: 'a' }, { UserData: 'b' }) } };

    expect(scriptsOf(resource, ['LaunchTemplateData', 'UserData'])).toEqual([
      { path: 'Properties.LaunchTemplateData.UserData', text: 'a' }, { path: 'Properties.LaunchTemplateData.UserData', text: 'b' },
    ]);
  });

  test('is found in every element of a list', () => {
    expect(scriptsOf({ Properties: { List: [{ UserData: 'a' }, { UserData: 'b' }] } }, ['List', EACH, 'UserData']).map(({ text }) => text)).toEqual(['a', 'b']);
  });

  test('of many conditions is read once for each condition alone, not for every combination', () => {
    const parts = Array.from({ length: 8 }, (_, i) => either(`C${i}`, `t${i}`, `f${i}`));
    const texts = userDataOf(join(' ', ...parts));

    expect(texts).toHaveLength(10);
    for (let i = 0; i < 8; i++) {
      expect(texts.some(text => text.includes(`t${i}`))).toBe(true);
      expect(texts.some(text => text.includes(`f${i}`))).toBe(true);
    }
  });

  test('is not looked for where the type has none', () => {
    expect(scriptsOf({ Properties: { UserData: 'x' } }, undefined)).toEqual([]);
  });

  test('keeps a call on one line with what AWS fills in', () => {
    const [text] = userDataOf({ 'Fn::Base64': join('', '#!/bin/bash\n', 'curl http://169.254.169.254/latest/', ref('Path'), '\n') });

    expect(imdsCallsIn(text)).toEqual([expect.objectContaining({ line: 2, text: 'curl http://169.254.169.254/latest/${Path}' })]);
  });
});

describe('the scripts of AWS::CloudFormation::Init', () => {
  const PATH = 'Metadata.AWS::CloudFormation::Init.config';

  test.each<[string, unknown, Script[]]>([
    ['a command', { commands: { '1_x': { command: 'date' } } }, [{ path: `${PATH}.commands.1_x.command`, text: 'date' }]],
    ['a command and its test', { commands: { x: { command: 'date', test: 'test -f /x' } } }, [{ path: `${PATH}.commands.x.command`, text: 'date' }, { path: `${PATH}.commands.x.test`, text: 'test -f /x' }]],
    ['a command as a list', { commands: { x: { command: ['curl', '-s', ref('Url')] } } }, [{ path: `${PATH}.commands.x.command`, text: 'curl -s ${Url}' }]],
    ['a command as a Join', { commands: { x: { command: join('', 'a', ' b') } } }, [{ path: `${PATH}.commands.x.command`, text: 'a b' }]],
    ['a command for a condition', { commands: { x: { command: either('C', 'a', 'b') } } }, [{ path: `${PATH}.commands.x.command`, text: 'a' }, { path: `${PATH}.commands.x.command`, text: 'b' }]],
    ['a file', { files: { '/opt/x.sh': { content: sub('echo ${A}'), mode: '000755' } } }, [{ path: `${PATH}.files./opt/x.sh.content`, text: 'echo ${A}' }]],
    ['an encoded file', { files: { '/opt/x.sh': { content: base64('#!/bin/sh\ndate'), encoding: 'base64' } } }, [{ path: `${PATH}.files./opt/x.sh.content`, text: '#!/bin/sh\ndate' }]],
    ['a file of JSON', { files: { '/etc/x.json': { content: { a: 1 } } } }, [{ path: `${PATH}.files./etc/x.json.content`, text: '{"a":1}' }]],
    ['a file for people', { files: { '/etc/motd': { content: 'x' }, '/var/www/index.html': { content: 'x' }, '/root/README.md': { content: 'x' } } }, []],
    ['a file from elsewhere', { files: { '/opt/x.sh': { source: 'https://example.com/x.sh' } } }, []],
    ['what is no script', { packages: { yum: { httpd: [] } }, services: { sysvinit: { httpd: { enabled: true } } } }, []],
    ['what has no form', { commands: ['x'], files: null }, []],
  ])('%s', (_, config, scripts) => expect(initOf({ config })).toEqual(scripts));

  test('of several configurations are found, whatever their order', () => {
    expect(initOf({ configSets: { default: ['a', 'b'] }, a: { commands: { x: { command: 'a' } } }, b: { commands: { x: { command: 'b' } } } }).map(({ text }) => text)).toEqual(['a', 'b']);
  });

  test.each([[undefined], [null], ['x'], [[]], [{ config: null }]])('are none in %j', init => expect(initOf(init)).toEqual([]));
});

describe('anything', () => {
  const expression = fc.letrec(tie => ({
    value: fc.oneof({ maxDepth: 4 }, fc.string(), fc.integer(), fc.constant(null), fc.array(tie('value'), { maxLength: 3 }),
      fc.record({ Ref: fc.string() }), fc.tuple(fc.constantFrom('Fn::Join', 'Fn::Sub', 'Fn::If', 'Fn::Base64', 'Fn::GetAtt', 'UserData', '__proto__'), tie('value')).map(([key, value]) => ({ [key]: value }))),
  })).value;

  test('is read without an error', () => fc.assert(fc.property(expression, value => {
    for (const text of textsOf(value)) { expect(typeof text).toBe('string'); }
    for (const { text } of scriptsOf({ Properties: value, Metadata: { 'AWS::CloudFormation::Init': value } }, ['UserData'])) { expect(text).not.toBe(''); }
  })));

  test.each([[{ toString: 1 }], [Object.create(null)], [[{ toString: 1, valueOf: 2 }]], [null]])('with a condition that is no text is read without an error: %j', condition => {
    expect(textsOf(either(condition as string, 'a', 'b'))).toEqual(['a', 'b']);
  });

  test('of many levels is read without an error', () => {
    let value: unknown = 'curl';
    for (let i = 0; i < 2000; i++) { value = i % 3 === 0 ? either('C', value, value) : join('', value, value === 'curl' ? '' : 'x'); }

    expect(userDataOf(value).length).toBeLessThan(3);
  });
});
