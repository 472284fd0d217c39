import { page } from './pages';
import { PAGES, withGeneratedParts } from '../../projenrc/write-docs';
import { LAUNCH_SURFACES } from '../../src/engine/surfaces/surfaces';

test.each(PAGES)('the tables of %s are in step with the sources', name => {
  expect(page(name)).toEqual(withGeneratedParts(name, page(name)));
});

test.each(LAUNCH_SURFACES.map(({ type }) => type))('docs/coverage.md says what becomes of %s', type => {
  expect(page('docs/coverage.md')).toContain(`\`${type}\``);
});

test('a page without a marker is refused', () => {
  expect(() => withGeneratedParts('docs/coverage.md', '# nothing')).toThrow('docs/coverage.md lacks <!-- coverage:begin -->');
});
