import { readFileSync } from 'fs';
import { join } from 'path';
import { withGeneratedParts } from '../../projenrc/write-readme';
import { LAUNCH_SURFACES } from '../../src/engine/surfaces/surfaces';

const README = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

test('the tables of the README are in step with the sources', () => {
  expect(README).toEqual(withGeneratedParts(README));
});

test.each(LAUNCH_SURFACES.map(({ type }) => type))('the README tells about %s', type => {
  expect(README).toContain(`\`${type}\``);
});

test('a README without a marker is refused', () => {
  expect(() => withGeneratedParts('# nothing')).toThrow('README.md lacks <!-- coverage:begin -->');
});
