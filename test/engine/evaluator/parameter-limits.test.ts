import { whyNotTaken } from '../../../src/engine/evaluator/parameter-limits';

const matches = (pattern: string, value: string): boolean => new RegExp(`^(?:${pattern})$`).test(value);

test.each<[unknown, string]>([
  [undefined, 'x'], ['text', 'x'], [{}, 'x'], [{ AllowedValues: ['x', 1] }, '1'], [{ AllowedValues: [{ Ref: 'A' }] }, 'x'], [{ AllowedPattern: 'a*' }, 'aa'],
  [{ Type: 'List<Number>' }, '1, 2'], [{ Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] }, 'b,a'], [{ Type: 'Number', MinValue: 1, MaxValue: '3' }, '2'],
  [{ MinLength: 1, MaxLength: 2 }, 'ab'], [{ Type: 'AWS::SSM::Parameter::Value<String>', AllowedValues: ['a'] }, '/path'],
])('%j takes %j', (declared, value) => {
  expect(whyNotTaken(declared, value, matches)).toBeUndefined();
});

test.each<[unknown, string]>([
  [{ AllowedValues: ['x'] }, 'y'], [{ AllowedPattern: 'a*' }, 'ab'], [{ Type: 'List<Number>' }, '1, x'], [{ Type: 'Number' }, ''],
  [{ Type: 'CommaDelimitedList', AllowedValues: ['a'] }, 'a,b'], [{ Type: 'Number', MinValue: 3 }, '2'], [{ MaxLength: 1 }, 'ab'], [{ MinLength: 1 }, ''],
])('%j does not take %j', (declared, value) => {
  expect(whyNotTaken(declared, value, matches)).toMatch(/^it takes /);
});
