import { existsSync } from 'fs';
import { join } from 'path';
import { LANGUAGES } from './languages';
import { Survey } from './survey';
import { version } from '../../input/version';
import { DEFAULT_FILES } from '../config';

/** The commands of a pipeline, for a shell at the root of the repository unless it says otherwise. */
export interface Commands {
  /** In the app's folder. */
  readonly install: readonly string[];

  /** In the app's folder. */
  readonly synth: string;

  /** The command that is installed then: it must not be looked for in the registry, where its name may be somebody else's. */
  readonly check: string;

  /** The same in the app's folder. */
  readonly checkHere: string;
}

export function commandsOf({ cwd, language, folder }: Survey): Commands {
  const isNpm = 'isNpm' in LANGUAGES[language];
  const guard = isNpm ? 'node_modules/.bin/imds-guard' : 'imds-guard';
  const config = folder === '' ? '' : ` --config ${folder}${DEFAULT_FILES.find(each => existsSync(join(cwd, each))) ?? DEFAULT_FILES[0]}`;
  return {
    install: isNpm ? npmInstall(cwd) : language === 'python'
      ? [pipInstall(cwd), 'npm install --global aws-cdk@2']
      : [`npm install --global aws-cdk@2 cdk-imds-guard@${version()}`],
    synth: isNpm ? 'npx cdk synth --quiet' : 'cdk synth --quiet',
    check: `${isNpm ? folder : ''}${guard} check ${folder}cdk.out${config}`,
    checkHere: `${guard} check cdk.out`,
  };
}

/** A command in the app's folder, from the root. */
export function fromRoot(folder: string, ...commands: readonly string[]): string {
  return folder === '' ? commands.join(' && ') : `(cd ${folder.slice(0, -1)} && ${commands.join(' && ')})`;
}

function npmInstall(cwd: string): readonly string[] {
  if (existsSync(join(cwd, 'pnpm-lock.yaml'))) { return ['corepack enable', 'pnpm install --frozen-lockfile']; }
  if (existsSync(join(cwd, 'yarn.lock'))) { return ['corepack enable', 'yarn install']; }
  return [existsSync(join(cwd, 'package-lock.json')) ? 'npm ci' : 'npm install'];
}

function pipInstall(cwd: string): string {
  return existsSync(join(cwd, 'requirements.txt')) ? 'pip install -r requirements.txt' : 'pip install .';
}
