/**
 * The compiled library, since the functions that it deploys are compiled in it. Its types are those of the sources, so that tests can be
 * type-checked before anything is compiled.
 */
// eslint-disable-next-line @typescript-eslint/no-require-imports
export const library: typeof import('../../src') = require('../../lib');
