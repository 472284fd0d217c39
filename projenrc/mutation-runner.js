// In JavaScript, since Stryker loads it with nothing that could compile it.
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, resolve } = require('node:path');
const { Script } = require('node:vm');
const { expect } = require('expect');
const { bind } = require('jest-each');
const { ModuleMocker } = require('jest-mock');

const BUNDLE = 'test/engine/mutation/tests.js'; // made by mutation-bundle.ts
const NAMES = ['require', '__filename', '__dirname', 'describe', 'test', 'expect', 'jest'];
const STRYKER = (globalThis.__stryker__ ??= {}); // where changed sources look for the change that is active, and note what was covered

/**
 * Runs the tests of the engine without jest, which takes a second or more for a mutant before it has run anything.
 *
 * They are loaded anew for each mutant, so that nothing is remembered from the one before, and what is read at loading is changed too.
 */
class EngineTests {
  capabilities() { return { reloadEnvironment: true }; }

  init() {
    const file = resolve(BUNDLE);
    this.program = new Script(`(function (${NAMES.join(', ')}) {${readFileSync(file, 'utf8')}\n})`, { filename: file });
    this.given = [createRequire(file), file, dirname(file)];
    Error.stackTraceLimit = 0; // every expectation would note where it stands
  }

  async dryRun() {
    STRYKER.mutantCoverage = { static: {}, perTest: {} };
    const tests = [];
    for (const { name, fileName, body } of this.load()) {
      STRYKER.currentTestId = name;
      const started = performance.now();
      const failure = await failureOf(body);
      const result = { id: name, name, fileName, timeSpentMs: performance.now() - started };
      tests.push(failure === undefined ? { ...result, status: 0 } : { ...result, status: 1, failureMessage: failure });
    }
    STRYKER.currentTestId = undefined;
    return { status: 'complete', tests, mutantCoverage: STRYKER.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    Object.assign(STRYKER, { hitLimit, hitCount: hitLimit === undefined ? undefined : 0, activeMutant: mutantActivation === 'static' ? activeMutant.id : undefined });
    let tests;
    try { tests = this.load(); } catch (error) { return { status: 'killed', killedBy: [testFilter?.[0] ?? 'loading'], failureMessage: String(error), nrOfTests: 0 }; }
    STRYKER.activeMutant = activeMutant.id;
    const wanted = testFilter && new Set(testFilter);
    let nrOfTests = 0;
    for (const { name, body } of tests) {
      if (wanted && !wanted.has(name)) { continue; }
      nrOfTests++;
      const failure = await failureOf(body);
      if (STRYKER.hitCount > hitLimit) { return { status: 'timeout', reason: 'it never ends' }; }
      if (failure !== undefined) { return { status: 'killed', killedBy: [name], failureMessage: failure, nrOfTests }; }
    }
    return { status: 'survived', nrOfTests };
  }

  load() {
    const tests = [];
    const path = [];
    const describe = (title, define) => {
      path.push(title);
      define();
      path.pop();
    };
    const names = new Map();
    const test = (title, body) => {
      const name = [...path, title].join(' ');
      names.set(name, (names.get(name) ?? 0) + 1);
      tests.push({ name: names.get(name) === 1 ? name : `${name} (${names.get(name)})`, fileName: resolve(`test/engine/${path[0]}.test.ts`), body });
    };
    const mocks = new ModuleMocker(globalThis);
    Object.assign(describe, { each: bind(describe, false), skip: () => undefined });
    Object.assign(test, { each: bind(test, false) });
    this.program.runInThisContext()(...this.given, describe, test, expect, { fn: () => mocks.fn() });
    return tests;
  }
}

async function failureOf(body) {
  try {
    const result = body();
    if (result instanceof Promise) { await result; }
    return undefined;
  } catch (error) {
    return String(error?.message ?? error);
  }
}

exports.strykerPlugins = [{ kind: 'TestRunner', name: 'engine', injectableClass: EngineTests }];
