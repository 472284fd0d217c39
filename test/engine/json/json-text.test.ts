import { PARSED_TEXT, readJsonText } from '../../../src/engine/json/json-text';

const join = (...pieces: unknown[]): unknown => ({ 'Fn::Join': ['', pieces] });

describe('JSON text', () => {
  test.each<[string, unknown, unknown]>([
    ['a string', '{"a":1}', { a: 1 }],
    ['a list', ' [1] ', [1]],
    ['the text of a Fn::Sub', { 'Fn::Sub': '{"a":1}' }, { a: 1 }],
    ['the text of a Fn::Sub with variables', { 'Fn::Sub': ['{"a":1}', { B: 1 }] }, { a: 1 }],
    ['the pieces of a Fn::Join', join('{"a"', ':1}'), { a: 1 }],
    ['numbers among the pieces', join('{"a":', 1, '}'), { a: 1 }],
  ])('is read from %s', (_, text, value) => {
    expect(readJsonText(text)!.value).toEqual(value);
    expect(readJsonText(text)!.expression()).toEqual(value);
  });

  test.each<[string, unknown]>([
    ['no JSON', '{'],
    ['JSON that holds nothing', '"a"'],
    ['null', 'null'],
    ['a number', 5],
    ['a reference', { Ref: 'A' }],
    ['an object', { a: 1 }],
    ['a list', [1]],
    ['a Fn::Join with a delimiter', { 'Fn::Join': [',', ['{}']] }],
    ['a Fn::Join of a reference', { 'Fn::Join': ['', { Ref: 'List' }] }],
    ['a malformed Fn::Join', { 'Fn::Join': 'x' }],
    ['a Fn::Sub of a reference', { 'Fn::Sub': { Ref: 'A' } }],
    ['an intrinsic function between texts', join('{"a":1', { Ref: 'A' }, '}')],
    ['a variable that is a key', { 'Fn::Sub': '{${A}:1}' }],
    ['a variable between texts', { 'Fn::Sub': '{"a":1${A}}' }],
    ['a key that is there twice, so that a reference would be lost', join('{"a":"', { Ref: 'A' }, '","a":"', { Ref: 'B' }, '"}')],
    ['an escaped variable, which would come alive', { 'Fn::Sub': '{"a":"\\u0024{B}"}' }],
  ])('is not read from %s', (_, text) => expect(readJsonText(text)).toBeUndefined());
});

describe('what functions put into JSON text', () => {
  const named = (text: unknown): unknown => {
    let count = 0;
    return readJsonText(text)!.expression(part => ({ [count++]: part }));
  };

  test.each<[string, unknown, unknown]>([
    ['a variable', { 'Fn::Sub': '{"a":"${B}","c":1}' }, { a: { 0: { 'Fn::Sub': '${B}' } }, c: 1 }],
    ['variables in a text', { 'Fn::Sub': ['{"a":["-${B}${C}"]}', { B: 1 }] }, { a: [{ 0: { 'Fn::Sub': ['-${B}${C}', { B: 1 }] } }] }],
    ['an escaped variable, which is text', { 'Fn::Sub': '{"a":"${!B}"}' }, { a: '${B}' }],
    ['an escaped variable beside another', { 'Fn::Sub': '{"a":"${!B}${C}"}' }, { a: { 0: { 'Fn::Sub': '${!B}${C}' } } }],
    ['a piece', join('{"a":"', { Ref: 'A' }, '","b":"', { Ref: 'B' }, '"}'), { a: { 0: { Ref: 'A' } }, b: { 1: { Ref: 'B' } } }],
    ['a piece in a text', join('{"a":"-', { Ref: 'A' }, '"}'), { a: { 0: join('-', { Ref: 'A' }) } }],
    ['nothing', '{"a":"${B}"}', { a: '${B}' }],
  ])('%s can be told apart from what is in the text', (_, text, expected) => expect(named(text)).toEqual(expected));

  test.each<[unknown, boolean]>([
    ['{"${a}":1}', false],
    [{ 'Fn::Sub': '{"a":"${B}"}' }, false],
    [{ 'Fn::Sub': '{"a":[{"${B}":1}]}' }, true],
    [join('{"a":"', { Ref: 'A' }, '"}'), false],
    [join('{"', { Ref: 'A' }, '":"b"}'), true],
  ])('may stand in a key: %j %s', (text, expected) => expect(readJsonText(text)!.hasOpenKeys()).toBe(expected));
});

describe('a changed value', () => {
  const change = (text: unknown): unknown => {
    const read = readJsonText(text)!;
    return read.encode({ ...read.value as object, z: 1 });
  };

  test.each<[string, unknown, unknown]>([
    ['a string', '{"a":1}', '{"a":1,"z":1}'],
    ['Fn::Sub', { 'Fn::Sub': '{"a":"${B}"}' }, { 'Fn::Sub': '{"a":"${B}","z":1}' }],
    ['Fn::Sub with variables', { 'Fn::Sub': ['{"a":"${B}"}', { B: { Ref: 'C' } }] }, { 'Fn::Sub': ['{"a":"${B}","z":1}', { B: { Ref: 'C' } }] }],
    ['Fn::Join', join('{"a":"', { Ref: 'A' }, '/', { 'Fn::GetAtt': ['B', 'Arn'] }, '"}'), join('{"a":"', { Ref: 'A' }, '/', { 'Fn::GetAtt': ['B', 'Arn'] }, '","z":1}')],
    ['Fn::Sub with a number', { 'Fn::Sub': '{"a":${B},"c":"${!D}"}' }, { 'Fn::Sub': '{"a":${B},"c":"${!D}","z":1}' }],
    ['Fn::Join with a number', join('{"a":', { Ref: 'A' }, '}'), join('{"a":', { Ref: 'A' }, ',"z":1}')],
    ['Fn::Join with a key from a reference', join('{"', { Ref: 'A' }, '":"b"}'), join('{"', { Ref: 'A' }, '":"b","z":1}')],
  ])('goes back into %s', (_, text, expected) => expect(change(text)).toEqual(expected));

  test('keeps text that looks like a placeholder', () => {
    const text = join('{"a":"@imds-gu', 'ard0@","b":"', { Ref: 'B' }, '"}');

    expect(change(text)).toEqual(join('{"a":"@imds-guard0@","b":"', { Ref: 'B' }, '","z":1}'));
  });

  test('keeps keys that JavaScript objects have anyway', () => {
    expect(change('{"__proto__":{"a":1},"toString":2}')).toBe('{"__proto__":{"a":1},"toString":2,"z":1}');
  });
});

describe('the expression that is judged', () => {
  test.each<[string, unknown, unknown]>([
    ['a reference that is a whole value', join('{"a":"', { Ref: 'A' }, '"}'), { a: { Ref: 'A' } }],
    ['a reference that is part of one', join('{"a":["x', { Ref: 'A' }, '"]}'), { a: [join('x', { Ref: 'A' })] }],
    ['a variable', { 'Fn::Sub': '{"a":"${B}","c":"d"}' }, { a: { 'Fn::Sub': '${B}' }, c: 'd' }],
    ['a variable with a value', { 'Fn::Sub': ['{"a":"${B}"}', { B: 1 }] }, { a: { 'Fn::Sub': ['${B}', { B: 1 }] } }],
    ['a reference where a number stands', join('{"a":[1,', { Ref: 'A' }, '],"b":"', { Ref: 'A' }, '"}'), { a: [1, { [PARSED_TEXT]: { Ref: 'A' } }], b: { Ref: 'A' } }],
    ['a variable where a number stands', { 'Fn::Sub': '{"a":${B},"c":"\\"${B}"}' }, { a: { [PARSED_TEXT]: { 'Fn::Sub': '${B}' } }, c: { 'Fn::Sub': '"${B}' } }],
  ])('holds %s', (_, text, expected) => expect(readJsonText(text)!.expression()).toEqual(expected));
});
