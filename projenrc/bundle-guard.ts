/**
 * Bundles what guards apps that do not have the library: `lib/preload/preload.js`, which each Node process loads,
 * `lib/preload/guard.js`, which an App loads, and `lib/preload/cdk-plugin.js`, which the command line of CDK loads. They depend on nothing, since they must not bring a CDK of their own into the app.
 */
import { join, resolve } from 'node:path';
import { build, BuildOptions, Plugin } from 'esbuild';

const lib = resolve('lib');
const core = join(resolve('node_modules/aws-cdk-lib-newest'), 'core/lib'); // aspects of an older one are not seen by a newer app

/** The port leads to what works with any copy of CDK, which takes tokens and aspects from CDK's core and nothing else. */
const anyCopy: Plugin = {
  name: 'any-copy',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/cdk\/cdk$|^\.\/cdk$/ }, ({ importer }) => importer.startsWith(lib) ? { path: join(lib, 'cdk/any-copy.js') } : undefined);
    onResolve({ filter: /^aws-cdk-lib$/ }, () => ({ path: 'core', namespace: 'any-copy' }));
    onResolve({ filter: /^constructs$/ }, ({ importer }) => { throw new Error(`${importer} must take constructs from src/cdk/cdk.ts`); });
    onLoad({ filter: /^core$/, namespace: 'any-copy' }, () => ({
      contents: ['aspect', 'resolvable', 'token'].map(file => `export * from ${JSON.stringify(join(core, file))};`).join('\n'),
      resolveDir: lib,
    }));
    // what they load to warn of deprecations and to make stack traces, none of which happens here
    onResolve({ filter: /(\/stack-trace|\/cx-api|\.warnings\.jsii\.js)$/ }, ({ importer }) => (
      importer.startsWith(core) ? { path: 'nothing', namespace: 'any-copy' } : undefined
    ));
    onLoad({ filter: /^nothing$/, namespace: 'any-copy' }, () => ({ contents: 'module.exports = new Proxy({}, { get: () => () => {} })' }));
  },
};

const common: BuildOptions = {
  bundle: true, platform: 'node', target: 'node18', minify: true, legalComments: 'eof', logLevel: 'warning', absWorkingDir: resolve('.'), allowOverwrite: true,
};

for (const [file, plugins] of [['preload', []], ['guard', [anyCopy]], ['cdk-plugin', []]] as const) {
  const path = join(lib, `preload/${file}.js`);
  void build({ ...common, plugins: [...plugins], entryPoints: [path], outfile: path });
}
