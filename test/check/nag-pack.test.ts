import { App } from 'aws-cdk-lib';

afterEach(() => {
  jest.dontMock('cdk-nag/package.json').resetModules();
});

function library(version: () => object): typeof import('../../src') {
  jest.resetModules().doMock('cdk-nag/package.json', version, { virtual: true });
  return jest.requireActual('../../src');
}

const missing = (): object => { throw Object.assign(new Error("Cannot find module 'cdk-nag/package.json'"), { code: 'MODULE_NOT_FOUND' }); };

test.each<[string, () => object]>([
  ['none', missing],
  ['2.38.2', () => ({ version: '2.38.2' })],
])('where an app has cdk-nag %s, a pack says in one line what it needs; everything else works', (got, version) => {
  const { ImdsChecks, ImdsValidator } = library(version);
  expect(() => new ImdsChecks(new App())).toThrow(
    `ImdsChecks needs cdk-nag 3, got ${got}; install cdk-nag@3, or use ImdsValidator, which has the same verdicts and needs no cdk-nag`,
  );
  expect(new ImdsValidator().name).toBe('cdk-imds-guard');
});

test('with cdk-nag 3 a pack is made', () => {
  const { ImdsChecks } = library(() => ({ version: '3.0.0' }));
  expect(new ImdsChecks(new App()).name).toBe('ImdsChecks');
});
