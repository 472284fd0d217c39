// In JavaScript, since Stryker loads it with nothing that could compile it.
const { TestEnvironment } = require('jest-environment-node');

/**
 * Spends as little as possible on a mutant: once a test has failed, the mutant is killed, and the rest can be left.
 *
 * Stryker names the tests to run in one expression that may stand anywhere in a name: at the beginning alone it is found much faster.
 */
module.exports = class MutationEnvironment extends TestEnvironment {
  handleTestEvent(event, state) {
    if (event.name === 'run_start' && state.testNamePattern) {
      state.testNamePattern = new RegExp(`^(?:${state.testNamePattern.source.slice(1, -1).split(')|(').join('|')})$`);
    }
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') { this.isKilled = true; }
    if (event.name === 'test_start' && this.isKilled) { event.test.mode = 'skip'; }
  }
};
