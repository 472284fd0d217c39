import { existsSync } from 'fs';
import { join } from 'path';
import { LANGUAGES } from './languages';
import { Survey } from './survey';
import { version } from '../../input/version';
import { DEFAULT_FILES } from '../../settings/settings-files';

const BIN = 'node_modules/.bin/imds-guard';

/** The commands of a pipeline, for a shell at the root of the repository unless it says otherwise. */
export interface Commands {
  /** In the app's folder. */
  readonly install: readonly string[];

  /** In the app's folder. */
  readonly synth: string;

  /** The command that is installed then: it must not be looked for in the registry, where its name may be somebody else's. */
  readonly check: string;

  /** The parts of it. */
  readonly guard: string;
  readonly assembly: string;
  readonly config?: string;

  /** The same in the app's folder. */
  readonly checkHere: string;
}

export function commandsOf({ cwd, language, root, folder }: Survey): Commands {
  const isNpm = 'isNpm' in LANGUAGES[language];
  const isHoisted = !existsSync(join(cwd, BIN)) && existsSync(join(root, BIN)); // to the root of a repository with workspaces
  const guard = isNpm ? BIN : 'imds-guard';
  const inRoot = `${isNpm && !isHoisted ? folder : ''}${guard}`;
  const assembly = `${folder}cdk.out`;
  const config = folder === '' ? undefined : `${folder}${DEFAULT_FILES.find(each => existsSync(join(cwd, each))) ?? DEFAULT_FILES[0]}`;
  return {
    install: isNpm ? npmInstall(cwd, root) : language === 'python'
      ? [pipInstall(cwd), 'npm install --global aws-cdk@2']
      : [`npm install --global aws-cdk@2 imds-guard@${version()}`],
    synth: isNpm ? 'npx cdk synth --quiet' : 'cdk synth --quiet',
    check: `${inRoot} check ${assembly}${config === undefined ? '' : ` --config ${config}`}`,
    guard: inRoot,
    assembly,
    config,
    checkHere: `${guard} check cdk.out`,
  };
}

/** A command in the app's folder, from the root. */
export function fromRoot(folder: string, ...commands: readonly string[]): string {
  return folder === '' ? commands.join(' && ') : `(cd ${folder.slice(0, -1)} && ${commands.join(' && ')})`;
}

function npmInstall(...folders: readonly string[]): readonly string[] {
  const has = (file: string): boolean => folders.some(each => existsSync(join(each, file)));
  if (has('pnpm-lock.yaml')) { return ['corepack enable', 'pnpm install --frozen-lockfile']; }
  if (has('yarn.lock')) { return ['corepack enable', 'yarn install']; }
  return [has('package-lock.json') ? 'npm ci' : 'npm install'];
}

function pipInstall(cwd: string): string {
  return existsSync(join(cwd, 'requirements.txt')) ? 'pip install -r requirements.txt' : 'pip install .';
}
