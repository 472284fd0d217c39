/**
 * Bundles what guards apps that do not have the library: `lib/preload/preload.js`, which each Node process loads,
 * `lib/preload/guard.js`, which an App loads, and `lib/preload/cdk-plugin.js`, which the command line of CDK loads. They depend on nothing,
 * since they must not bring a CDK of their own into the app.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, BuildOptions, Metafile, Plugin } from 'esbuild';
import { thirdPartyLicenses } from './third-party-licenses';

const core = join(resolve(__dirname, '../node_modules/aws-cdk-lib-newest'), 'core/lib'); // aspects of an older one are not seen by a newer app

/** The port leads to what works with any copy of CDK, which takes tokens and aspects from CDK's core and nothing else. */
const anyCopy = (from: string): Plugin => ({
  name: 'any-copy',
  setup({ onResolve, onLoad, resolve: find }) {
    onResolve({ filter: /\/cdk\/cdk$|^\.\/cdk$/ }, ({ importer, kind }) => importer.startsWith(from) ? find('./cdk/any-copy', { resolveDir: from, kind }) : undefined);
    onResolve({ filter: /^aws-cdk-lib$/ }, () => ({ path: 'core', namespace: 'any-copy' }));
    onResolve({ filter: /^constructs$/ }, ({ importer }) => { throw new Error(`${importer} must take constructs from src/cdk/cdk.ts`); });
    onLoad({ filter: /^core$/, namespace: 'any-copy' }, () => ({
      contents: ['aspect', 'resolvable', 'token'].map(file => `export * from ${JSON.stringify(join(core, file))};`).join('\n'),
      resolveDir: from,
    }));
    // what they load to warn of deprecations and to make stack traces, none of which happens here
    onResolve({ filter: /(\/stack-trace|\/cx-api|\.warnings\.jsii\.js)$/ }, ({ importer }) => (
      importer.startsWith(core) ? { path: 'nothing', namespace: 'any-copy' } : undefined
    ));
    onLoad({ filter: /^nothing$/, namespace: 'any-copy' }, () => ({ contents: 'module.exports = new Proxy({}, { get: () => () => {} })' }));
  },
});

const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  mainFields: ['module', 'main'], // the other form of jsonc-parser loads files that a bundle does not have
  target: 'node18',
  minify: true,
  legalComments: 'eof',
  logLevel: 'warning',
  absWorkingDir: resolve(__dirname, '..'),
  allowOverwrite: true,
  lineLimit: 160, // Node shows the line that threw, which would be the whole bundle
};

/** Of the package that the bundle is in, which has no version before the release: read when it runs, where it stays two folders below. */
const VERSION = '../../package.json';

/** From what is compiled, or from the sources: for tests, and for examples in a clone where nothing is compiled. */
export async function bundleGuard(from: string, to: string, external: string[] = []): Promise<Metafile[]> {
  return Promise.all(([['preload', []], ['guard', [anyCopy(from)]], ['cdk-plugin', []]] as const).map(async ([file, plugins]) => {
    const entry = { entryPoints: [join(from, 'preload', file)], outfile: join(to, `${file}.js`) };
    return (await build({ ...common, ...entry, external, metafile: true, plugins: [...plugins] })).metafile;
  }));
}

if (require.main === module) {
  const cli = resolve('lib/cli/bundle.meta.json'); // esbuild has just written it, see projenrc/lazy-library.ts
  void bundleGuard(resolve('lib'), resolve('lib/preload'), [VERSION]).then(metafiles => {
    writeFileSync(resolve('lib/third-party-licenses.txt'), thirdPartyLicenses([...metafiles, JSON.parse(readFileSync(cli, 'utf8')) as Metafile]));
    rmSync(cli);
  });
}
