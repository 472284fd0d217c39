import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { build, Plugin } from 'esbuild';

/** The files, each with those of the library that are in it. Where one is, is a matter of time only: another is loaded when it is used. */
type Bundles = Map<string, readonly string[]>;

/**
 * Puts the library into three files, since opening the hundred that a synthesis needs took longer than compiling them: what an import
 * needs, what a synthesis needs, and the rest. A single one would be read at the import, which would then take 10 ms more.
 *
 * esbuild keeps each file as a function that is named by its path and runs when it is first used. It is not minified, so that a stack
 * trace leads to code that can be read. Packages stay outside.
 */
export async function bundleLibrary(lib: string): Promise<Bundles> {
  const bundles = await bundlesOf(lib);
  for (const [bundle, files] of bundles) {
    const { outputFiles: [{ text }] } = await build({
      stdin: { contents: `module.exports = {\n${files.map(file => `"${file}": () => require("./${file}"),`).join('\n')}\n};`, resolveDir: lib },
      plugins: [elsewhere(lib, bundle, bundles)],
      absWorkingDir: dirname(lib),
      bundle: true,
      platform: 'node',
      target: 'node20',
      packages: 'external',
      write: false,
    });
    // one character beyond Latin-1 would double what V8 reads; esbuild escapes those of texts, not of comments
    writeFileSync(join(lib, `${bundle}.js`), text.replace(/[^\0-\x7f]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`));
  }
  return bundles;
}

/** The expression that loads a file of the library from beside the bundles. */
export function loading(file: string, bundles: Bundles): string {
  const [bundle] = [...bundles].find(([, files]) => files.includes(file)) ?? [];
  if (bundle === undefined) throw new Error(`${file} is in no bundle`);
  return `require("./${bundle}")["${file}"]()`;
}

/** What an app loads tells what belongs together. */
async function bundlesOf(lib: string): Promise<Bundles> {
  const [start, synthesis] = JSON.parse(execFileSync(process.execPath, ['-e', `
    const { App, Stack, aws_autoscaling, aws_ec2, aws_ecs } = require('aws-cdk-lib');
    const { mkdtempSync, rmSync } = require('fs');
    const loaded = () => Object.keys(require.cache);
    const outdir = mkdtempSync(require('path').join(require('os').tmpdir(), 'imds-guard-'));
    process.stderr.write = () => true;

    const { ImdsGuard, RequireImdsv2 } = require(${JSON.stringify(lib)});
    const app = new App({ outdir });
    new RequireImdsv2();
    ImdsGuard.enforce(app);
    const start = loaded();

    const stack = new Stack(app, 'Stack');
    const vpc = new aws_ec2.Vpc(stack, 'Vpc');
    const instanceType = new aws_ec2.InstanceType('t3.micro');
    const machineImage = aws_ec2.MachineImage.latestAmazonLinux2023();
    new aws_ec2.Instance(stack, 'Instance', { vpc, instanceType, machineImage });
    const launchTemplate = new aws_ec2.LaunchTemplate(stack, 'LaunchTemplate', { instanceType, machineImage });
    new aws_autoscaling.AutoScalingGroup(stack, 'Group', { vpc, launchTemplate });
    new aws_ecs.Cluster(stack, 'Cluster', { vpc }).addCapacity('Capacity', { instanceType });
    app.synth();
    rmSync(outdir, { recursive: true });
    console.log(JSON.stringify([start, loaded()]));
  `], { cwd: dirname(lib), encoding: 'utf-8', maxBuffer: 64 * 1024 * 1024 })) as string[][];
  const { metafile } = await build({
    entryPoints: [join(lib, 'index.js')],
    absWorkingDir: dirname(lib),
    bundle: true,
    platform: 'node',
    packages: 'external',
    write: false,
    metafile: true,
  });
  const all = Object.keys(metafile.inputs).map(file => join(dirname(lib), file));
  const own = (files: readonly string[]): string[] => files.filter(file => file.startsWith(lib + sep)).map(file => nameOf(lib, file)).filter(name => name !== 'index').sort();
  return new Map([
    ['start', own(start)],
    ['synthesis', own(synthesis).filter(name => !own(start).includes(name))],
    ['rest', own(all).filter(name => !own(synthesis).includes(name))],
  ]);
}

/** Sends a file to the bundle that it is in, and tells it what it knew from its own place. */
function elsewhere(lib: string, bundle: string, bundles: Bundles): Plugin {
  return {
    name: 'elsewhere',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\/(start|synthesis|rest)$/, namespace: 'elsewhere' }, ({ path }) => ({ path, external: true }));
      onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
        const file = join(resolveDir, path);
        if (file === join(lib, '../package.json')) return { path: '../package.json', external: true }; // it has no version before the release
        const name = nameOf(lib, file);
        return bundles.get(bundle)!.includes(name) ? { path: `${join(lib, name)}.js` } : { path: name, namespace: 'elsewhere' };
      });
      onLoad({ filter: /.*/, namespace: 'elsewhere' }, ({ path }) => ({ contents: `module.exports = ${loading(path, bundles)};`, resolveDir: lib }));
      onLoad({ filter: /\.js$/ }, ({ path }) => ({
        contents: readFileSync(path, 'utf-8').replace(/\b__dirname\b/g, `require("path").join(__dirname, ${JSON.stringify(relative(lib, dirname(path)))})`),
      }));
    },
  };
}

function nameOf(lib: string, file: string): string {
  return relative(lib, file).replace(/\.js$/, '').split(sep).join('/');
}
