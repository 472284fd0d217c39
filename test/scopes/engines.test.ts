import { addEngine, newerEngine, newestEngine } from '../../src/scopes/engines';

const ENGINES = Symbol.for('cdk-imds-guard.engines');

function loaded(...versions: string[]): void {
  delete (globalThis as { [ENGINES]?: unknown })[ENGINES];
  versions.forEach(version => addEngine({ version, synthesize: (_, original) => original(), validate: () => ({ success: true, violations: [] }) }));
}

test.each<[string[], string]>([
  [['1.2.3'], '1.2.3'],
  [['1.9.0', '1.10.0'], '1.10.0'],
  [['2.0.0', '1.10.0'], '2.0.0'],
  [['1.2.3-rc.1', '1.2.3'], '1.2.3'],
  [['1.2.3', '1.2.3-rc.1'], '1.2.3'],
  [['1.2.3-rc.2', '1.2.3-rc.10'], '1.2.3-rc.10'],
  [['1.2.3', '1.2.4-rc.1'], '1.2.4-rc.1'],
])('of %j the newest is %s', (versions, newest) => {
  loaded(...versions);
  expect(newestEngine().version).toBe(newest);
});

test('only a newer one takes the work of another', () => {
  loaded();
  expect(newerEngine('1.0.0')).toBeUndefined();
  loaded('1.0.0');
  expect(newerEngine('1.0.0')).toBeUndefined();
  expect(newerEngine('1.0.0-rc.1')?.version).toBe('1.0.0');
});
