/**
 * Bundles what guards apps that do not have the library: `lib/preload/preload.js`, which each Node process loads, and
 * `lib/preload/guard.js`, which an App loads. They depend on nothing, since they must not bring a CDK of their own into the app.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, BuildOptions, Metafile, Plugin } from 'esbuild';
import { thirdPartyLicenses } from './third-party-licenses';

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
  bundle: true,
  platform: 'node',
  target: 'node18',
  minify: true,
  legalComments: 'eof',
  logLevel: 'warning',
  absWorkingDir: resolve('.'),
  allowOverwrite: true,
  external: ['../../package.json'], // of the package that the bundle is in, which has no version before the release
};

async function bundle(file: string, plugins: Plugin[]): Promise<Metafile> {
  const path = join(lib, `preload/${file}.js`);
  const { metafile } = await build({ ...common, metafile: true, plugins, entryPoints: [path], outfile: path });
  return metafile;
}

const cli = join(lib, 'cli/bundle.meta.json'); // esbuild has just written it, see projenrc/lazy-library.ts

void Promise.all([bundle('preload', []), bundle('guard', [anyCopy])]).then(metafiles => {
  const all = [...metafiles, JSON.parse(readFileSync(cli, 'utf8')) as Metafile];
  writeFileSync(join(lib, 'third-party-licenses.txt'), thirdPartyLicenses(all));
  rmSync(cli);
});
