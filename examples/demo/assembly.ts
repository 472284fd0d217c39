import { spawn } from 'child_process';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { text as textOf } from 'stream/consumers';
import { Templates } from './template';

export const APP_DIRECTORY = join(__dirname, '..', 'company-app');

const ENVIRONMENT = {
  AWS_EC2_METADATA_DISABLED: 'true', // the CLI would look for credentials on this computer's own metadata service
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  JSII_DEPRECATED: 'quiet', // `CfnInclude` uses APIs that aws-cdk-lib itself deprecates
};

/** Runs `cdk synth` on the app; a failure carries what it printed. */
export async function synthesize(outputDirectory: string, ...options: string[]): Promise<void> {
  const cli = [require.resolve('aws-cdk/bin/cdk'), 'synth', '--quiet', '--no-notices', '--no-version-reporting', '--output', outputDirectory];
  const child = spawn(process.execPath, [...cli, ...options], { cwd: APP_DIRECTORY, env: { ...process.env, ...ENVIRONMENT } });
  const exited = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [exitCode, stdout, stderr] = await Promise.all([exited, textOf(child.stdout), textOf(child.stderr)]);
  if (exitCode !== 0) throw new Error(`'cdk synth ${options.join(' ')}' ended with exit code ${exitCode}\n${stderr}${stdout}`);
}

/** The templates of an assembly: stacks, nested stacks, and those in the assemblies inside it. */
export function readTemplates(directory: string): Templates {
  const files = filesIn(directory).filter(file => file.endsWith('.template.json')).sort();
  return Object.fromEntries(files.map(file => [file, readJson(directory, file)]));
}

/** What the guard's validator counted: resources by verdict. */
export function readVerdicts(directory: string): Record<string, string> {
  const file = 'validation-report.json';
  const { pluginReports }: { pluginReports: PluginReport[] } = existsSync(join(directory, file)) ? readJson(directory, file) : { pluginReports: [] };
  return pluginReports.find(({ pluginName }) => pluginName === 'cdk-imds-guard')?.metadata ?? {};
}

interface PluginReport {
  readonly pluginName: string;
  readonly metadata?: Record<string, string>;
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).map(file => file.replace(/\\/g, '/'));
}

function readJson(directory: string, file: string) {
  return JSON.parse(readFileSync(join(directory, file), 'utf8'));
}
