import { named, namesOf } from '../../../src/cli/summary/names';

test.each([
  [['shop.json'], ['shop']],
  [['reports/shop.json'], ['shop']],
  [['reports/shop.json', 'reports/billing.json'], ['shop', 'billing']],
  [['ci/shop/imds.json', 'ci/billing/imds.json'], ['shop', 'billing']],
  [['imds.json', 'shop/imds.json'], ['imds', 'shop/imds']],
  [['a/x/imds.json', 'b/x/imds.json', 'b/y/imds.json'], ['a/x', 'b/x', 'b/y']],
  [['../r/.json', '../r/a.JSON'], ['.json', 'a']],
])('%j are called %j', (files, names) => {
  expect(namesOf(files)).toEqual(names);
});

test('no file, no name', () => {
  expect(namesOf([])).toEqual([]);
});

test('what a report calls itself wins; two of the same name are told apart by their files', () => {
  const reports = [{ file: 'a.json', name: 'Shop' }, { file: 'b.json', name: 'Shop' }, { file: 'c.json', name: 'Billing' }, { file: 'd.json' }];

  expect(named(reports).map(({ name }) => name)).toEqual(['Shop (a)', 'Shop (b)', 'Billing', 'd']);
});
