import { accessSync, constants, existsSync, readFileSync, statSync } from 'fs';
import { homedir } from 'os';
import { extname, join, resolve } from 'path';
import { isObject, JsonObject } from '../../engine/json/json';
import { Mistake } from '../../settings/mistake';

const [PROJECT, CONTEXT, USER] = ['cdk.json', 'cdk.context.json', '.cdk.json'];

/** What `cdk synth` would run, and what it would tell it. */
export interface CdkApp {
  readonly commandLine: string;
  readonly context: JsonObject;

  /** What it would run before that; whatever it writes stays in the app, so a plan does not. */
  readonly build?: string;
}

/**
 * Reads the settings of the CDK CLI as it does.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/context.html
 */
export function appOfCdkJson(cwd: string, home = homedir()): CdkApp {
  const user = readSettings(join(home, USER), '~/.cdk.json') ?? {};
  const project = readSettings(join(cwd, PROJECT), PROJECT);
  const settings = { ...user, ...project };
  const app = Array.isArray(settings.app) ? settings.app.join(' ') : settings.app;
  if (typeof app !== 'string' || app.trim() === '') {
    throw new Mistake(`no app: ${project ? `there is no "app" in ${PROJECT}` : `there is no ${PROJECT} in this folder`}; `
      + 'go to the folder of a CDK app, or say how it is run, as in imds-guard plan -- npx cdk synth');
  }
  if (isFolder(resolve(cwd, app))) { throw new Mistake(`"app" in ${PROJECT} is a cloud assembly, which is made already; name the command that makes it`); }
  return {
    commandLine: executable(app.trim(), cwd),
    context: {
      ...contextOf(user),
      ...readSettings(join(cwd, CONTEXT), CONTEXT),
      ...contextOf(project),
      ...contextOfCli(settings),
    },
    build: typeof settings.build === 'string' ? settings.build : undefined,
  };
}

/** What the CLI adds. Nothing is bundled, as for `cdk list`: bundling takes long, writes where it wants, and launches nothing. */
function contextOfCli({ pathMetadata, assetMetadata, versionReporting, staging }: JsonObject): JsonObject {
  return {
    ...pathMetadata !== false && { 'aws:cdk:enable-path-metadata': true },
    ...assetMetadata !== false && { 'aws:cdk:enable-asset-metadata': true },
    ...versionReporting === false ? { 'aws:cdk:disable-version-reporting': true } : { 'aws:cdk:version-reporting': true },
    ...staging === false && { 'aws:cdk:disable-asset-staging': true },
    'aws:cdk:bundling-stacks': [],
    '@aws-cdk/core:failSynthOnValidationErrors': false,
  };
}

function contextOf(settings: JsonObject | undefined): JsonObject {
  return isObject(settings?.context) ? settings.context : {};
}

function readSettings(path: string, name: string): JsonObject | undefined {
  if (!existsSync(path)) { return undefined; }
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Mistake(`${name}: it cannot be read as JSON: ${(error as Error).message}; mend it`);
  }
  if (!isObject(json)) { throw new Mistake(`${name}: an object was expected; mend it`); }
  return json;
}

/** A script that cannot be executed is run by Node. */
function executable(app: string, cwd: string): string {
  const [, first, rest = ''] = /^"([^"]*)"(.*)$/.exec(app) ?? /^(\S+)(.*)$/.exec(app)!;
  const [file, behind] = isFile(resolve(cwd, app)) ? [app, ''] : [first, rest];
  const path = resolve(cwd, file);
  if (!isFile(path) || extname(file) !== '.js') { return app; }
  return isExecutable(path) ? app : `"${process.execPath}" "${file}"${behind}`;
}

function isExecutable(path: string): boolean {
  if (process.platform === 'win32') { return false; } // there everything passes for it
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
