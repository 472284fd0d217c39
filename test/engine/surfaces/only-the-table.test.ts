import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAUNCH_SURFACES } from '../../../src/engine/surfaces/surfaces';

const SRC = join(__dirname, '../../../src');

/** AWS Config has rules of its own for these; a configuration file of Elastic Beanstalk is read as a resource of it; functions are made as well. */
const EXCEPT = [
  'engine/policies/config-rules.ts', 'engine/policies/conformance-pack.ts', 'engine/policies/guard-hook-stack.ts',
  'engine/surfaces/script-places.ts', 'engine/surfaces/surfaces.ts', 'input/beanstalk-config.ts', 'prevent/imds-config-rules.ts',
];

test('a type of a row stands as a text of the code in the table, and elsewhere only where these need it', () => {
  const types = new Set(LAUNCH_SURFACES.map(({ type }) => type));
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts') && !file.endsWith('.generated.ts'));
  const codeOf = (file: string): string => readFileSync(join(SRC, file), 'utf8').replace(/^\s*(?:\*|\/[*/]).*$/gm, '');
  const naming = files.filter(file => [...codeOf(file).matchAll(/(['"`])(\w+::\w+(?:::\w+)*)\1/g)].some(([, , type]) => types.has(type)));
  expect(naming.sort()).toEqual(EXCEPT);
});
