import { PAGES } from './pages';

/** Node takes a path in NODE_OPTIONS without a word and loads nothing, so a line without --require guards no app and says so nowhere. */
const preloads = [...PAGES].flatMap(([name, text]) =>
  [...text.matchAll(/NODE_OPTIONS="?(?<value>[^\n]*(?:imds-guard preload\)|preload\.js)[^\n]*)/g)].map(match => ({ name, value: match.groups!.value })));

test('the pages say in more than one place how apps are guarded by NODE_OPTIONS', () => {
  expect(new Set(preloads.map(({ name }) => name)).size).toBeGreaterThanOrEqual(2);
});

test.each(preloads)('$name: $value requires the file', ({ value }) => expect(value).toMatch(/^--require=/));
