import { asPlaced, nestedTemplateText } from '../../../src/engine/evaluator/nested-template-text';

const TEMPLATE = '{"Resources":{"I":{"Type":"AWS::EC2::Instance"}}}';
const WITH = (image: string): string => TEMPLATE.replace('}}}', `,"Properties":{"ImageId":"${image}"}}}}`);

test.each<[string, unknown]>([
  ['a literal', TEMPLATE],
  ['Fn::Sub without a variable', { 'Fn::Sub': TEMPLATE }],
  ['Fn::Join of literals', { 'Fn::Join': ['', [TEMPLATE.slice(0, 9), TEMPLATE.slice(9)]] }],
])('text from %s is all there is', (_, value) => expect(nestedTemplateText(value)).toEqual({ text: TEMPLATE }));

test('a literal need not be JSON', () => expect(nestedTemplateText('Resources: {}')).toEqual({ text: 'Resources: {}' }));

test.each<[string, unknown, unknown]>([
  ['Fn::Sub', { 'Fn::Sub': WITH('${Image}') }, { 'Fn::Sub': '${Image}' }],
  ['Fn::Join', { 'Fn::Join': ['', WITH('@').split(/(@)/).map(each => each === '@' ? { Ref: 'Image' } : each)] }, { Ref: 'Image' }],
])('what %s puts into it has a parameter in its place', (_, value, expected) => {
  const { text, placeholders } = nestedTemplateText(value)!;

  expect(JSON.parse(text)).toMatchObject({ Resources: { I: { Properties: { ImageId: { Ref: 'placeholder 0' } } } } });
  expect([...placeholders!]).toEqual([['placeholder 0', expected]]);
  expect(asPlaced({ Ref: 'placeholder 0' }, placeholders)).toBe([...placeholders!.values()][0]);
});

test.each<[string, unknown]>([
  ['that nobody knows', { Ref: 'Body' }],
  ['whose keys nobody knows', { 'Fn::Sub': '{"Resources":{"${Id}":{}}}' }],
  ['whose sections nobody knows', { 'Fn::Sub': '{"Resources":${Resources}}' }],
  ['whose resources nobody knows', { 'Fn::Join': ['', ['{"Resources":{"I":', { Ref: 'Host' }, '}}']] }],
  ['that is YAML with functions', { 'Fn::Sub': 'Resources: {}' }],
  ['that is none', undefined],
])('text %s is not read', (_, value) => expect(nestedTemplateText(value)).toBeUndefined());

test.each<[unknown]>([[{ Ref: 'Image' }], [{ 'Fn::Sub': 'placeholder 0' }], ['placeholder 0'], [{ Ref: ['placeholder 0'] }]])('%j is no placeholder', value => {
  expect(asPlaced(value, new Map([['placeholder 0', 'x']]))).toBe(value);
  expect(asPlaced(value, undefined)).toBe(value);
});
