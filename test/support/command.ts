import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build, BuildOptions } from 'esbuild';
import { folderWith } from './files';

const SOURCE = join(__dirname, '../../src');

/** The command and the preload, as they lie in the package; CDK is the repository's own. */
export async function buildCommand(): Promise<Command> {
  const root = folderWith();
  const common: BuildOptions = { bundle: true, platform: 'node', mainFields: ['module', 'main'], logLevel: 'error' };
  await Promise.all([
    build({ ...common, entryPoints: [join(SOURCE, 'cli/main.ts')], outfile: join(root, 'lib/cli/bundle.js'), footer: { js: 'main();' } }),
    ...['preload', 'guard', 'cdk-plugin'].map(name => build({
      ...common,
      entryPoints: [join(SOURCE, `preload/${name}.ts`)],
      outfile: join(root, `lib/preload/${name}.js`),
      plugins: [{
        name: 'own-cdk',
        setup: ({ onResolve }) => onResolve({ filter: /^(aws-cdk-lib|constructs)$/ }, ({ path }) => ({ path: require.resolve(path), external: true })),
      }],
    })),
  ]);
  return new Command(root);
}

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Act = (kill: (signal: NodeJS.Signals) => void) => void;

export class Command {
  public readonly bundle: string;
  public readonly preload: string;

  public constructor(root: string) {
    this.bundle = join(root, 'lib/cli/bundle.js');
    this.preload = join(root, 'lib/preload/preload.js');
  }

  /** Runs it as a process; `act` is given that process once it has printed something. */
  public async run(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, act?: Act): Promise<Ended> {
    const { NODE_OPTIONS: _, IMDS_GUARD_TOLD: __, ...own } = process.env;
    const child = spawn(process.execPath, [this.bundle, ...args], { cwd, env: { ...own, ...env } });
    child.stdin.end();
    if (act) { child.stdout.once('data', () => act(signal => void child.kill(signal))); }
    const [stdout, stderr, exitCode] = await Promise.all([
      text(child.stdout), text(child.stderr), new Promise<number | null>(done => child.once('close', done)),
    ]);
    return { exitCode, stdout, stderr };
  }
}

/** An app of one host in `app.js`, which writes to the folder that it is given, or to the one that CDK names. */
export function writeApp(cwd: string, { host = '{}', more = '', name = 'app.js' } = {}): void {
  writeFileSync(join(cwd, name), `
    const { App, CfnResource, Stack } = require(${JSON.stringify(require.resolve('aws-cdk-lib'))});
    const app = new App(process.argv[2] ? { outdir: process.argv[2] } : {});
    const stack = new Stack(app, 'Web');
    new CfnResource(stack, 'Host', { type: 'AWS::EC2::Instance', properties: ${host} });
    ${more}
    app.synth();
  `);
}
