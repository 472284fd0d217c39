import { existsSync, readFileSync } from 'fs';
import { join, posix, relative, sep } from 'path';
import { globSync } from 'tinyglobby';
import { withoutComments } from './code-only';
import { calls, makesApp } from './enforce-line';
import { Language, LANGUAGE_IDS, LanguageId, LANGUAGES } from './languages';
import { Mistake } from '../../settings/mistake';
import { readText } from '../../settings/settings-files';
import { HOME } from '../formats/pages';
import { repositoryOf } from '../repository';

export interface Source {
  /** From the app's folder, with `/`. */
  readonly file: string;
  readonly text: string;
  readonly language: LanguageId;
}

/** What is known of the app in a folder. */
export interface Survey {
  readonly cwd: string;
  readonly language: LanguageId;
  readonly sources: readonly Source[];

  /** Sources that make an app; those of the language alone. */
  readonly makers: readonly Source[];
  readonly enforcing?: Source;
  readonly observing?: Source;

  /** The manifest that lists the library, or the first that could. */
  readonly manifest?: string;
  readonly isInstalled: boolean;

  /** Whether the app's JavaScript loads modules with `require`. */
  readonly isCommonJs: boolean;

  /** The root of the repository, and the way from there to the app: empty, or with `/` at its end. */
  readonly root: string;
  readonly folder: string;
}

const CDK_JSON = 'cdk.json';

/** The pages are in no package. */
export const CI_PAGE = `${HOME}/blob/main/docs/ci.md`;

const MOST_LISTED = 20;
const IGNORED = ['**/node_modules/**', '**/.git/**', '**/*cdk.out/**', '**/.venv/**', '**/venv/**', '**/site-packages/**', '**/*.d.{ts,mts,cts}',
  '**/{test,tests,__tests__}/**', '**/*.{test,spec}.*', '**/test_*.py', '**/*_test.{py,go}', '**/target/**', '**/obj/**'];

/** @throws Mistake where there is no app */
export function survey(cwd: string): Survey {
  const sources = sourcesIn(cwd);
  const command = commandOf(cwd);
  const makers = makersAmong(sources, command ?? '');
  const apps = command === undefined ? appsBelow(cwd) : [];
  if (apps.length > 0 && makers.every(({ file }) => apps.some(app => file.startsWith(`${app}/`)))) {
    throw new Mistake(`${CDK_JSON}: there is none here; run imds-guard init in the folder of an app: ${listed(apps)}`);
  }
  if (command === undefined && makers.length === 0) {
    throw new Mistake(`${CDK_JSON}: there is none here, and no source that makes an App of aws-cdk-lib; run imds-guard init in the folder of a CDK app. `
      + `Templates need none of it: imds-guard check FOLDER, and for CI ${CI_PAGE}`);
  }
  const language = makers[0]?.language ?? languageOf(cwd, command ?? '');
  const manifests = globSync([...LANGUAGES[language].manifests], { cwd, dot: true, ignore: IGNORED });
  const listing = manifests.find(file => readText(cwd, file).includes(LANGUAGES[language].packageName));
  const root = repositoryOf(cwd);
  const folder = relative(root, cwd).split(sep).join('/');
  return {
    cwd,
    language,
    sources,
    makers: makers.filter(each => each.language === language),
    enforcing: sources.find(each => calls(each.text, LANGUAGES[each.language], 'enforce')),
    observing: sources.find(each => calls(each.text, LANGUAGES[each.language], 'observe')),
    manifest: listing ?? manifests[0],
    isInstalled: listing !== undefined,
    isCommonJs: language === 'javascript' && isCommonJs(cwd, makers.length > 0 ? makers : sources),
    root,
    folder: folder === '' ? '' : `${folder}/`,
  };
}

/** The folders below that have apps in them. */
function appsBelow(cwd: string): readonly string[] {
  return globSync([`*/**/${CDK_JSON}`], { cwd, ignore: IGNORED }).map(file => posix.dirname(file)).sort();
}

function listed(folders: readonly string[]): string {
  const rest = folders.length - MOST_LISTED;
  return `${folders.slice(0, MOST_LISTED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function sourcesIn(cwd: string): Source[] {
  const endings = new Map(LANGUAGE_IDS.flatMap(language => LANGUAGES[language].endings.map(ending => [ending as string, language] as const)));
  const files = globSync([...endings.keys()].map(ending => `**/*${ending}`), { cwd, ignore: IGNORED, dot: true }).sort();
  const there = new Set(files);
  return files
    .filter(file => !there.has(file.replace(/\.([mc]?)js$/, '.$1ts')) || !/js$/.test(file)) // compiled beside its source
    .map(file => ({ file, text: readFileSync(join(cwd, file), 'utf8'), language: endings.get(/\.\w+$/.exec(file)![0])! }));
}

/** The sources that make the app: those that the command names, where it names any. */
function makersAmong(sources: readonly Source[], command: string): readonly Source[] {
  const makers = sources.filter(({ text, language }) => makesApp(text, LANGUAGES[language]));
  const named = makers.filter(({ file }) => command.split(/[\s'"]+/).some(word => word.replace(/^\.\//, '') === file));
  if (named.length > 0) { return named; }
  const compiled = makers.some(({ language }) => language === 'typescript');
  return makers.filter(({ language }) => !compiled || language !== 'javascript');
}

/** As the sources that use CDK do it; where none does, as Node takes a source for one. */
function isCommonJs(cwd: string, sources: readonly Source[]): boolean {
  const code = sources.map(({ text, language }) => withoutComments(text, LANGUAGES[language].syntax));
  if (code.some(text => /\brequire\(\s*['"]aws-cdk-lib\b/.test(text))) { return true; }
  if (code.some(text => /\bfrom\s*['"]aws-cdk-lib\b/.test(text))) { return false; }
  return !existsSync(join(cwd, 'package.json')) || !/"type"\s*:\s*"module"/.test(readText(cwd, 'package.json'));
}

/** The command of cdk.json, empty where it has none; undefined without such a file. */
function commandOf(cwd: string): string | undefined {
  if (!existsSync(join(cwd, CDK_JSON))) { return undefined; }
  let parsed: unknown;
  try {
    parsed = JSON.parse(readText(cwd, CDK_JSON));
  } catch (error) {
    throw error instanceof Mistake ? error : new Mistake(`${CDK_JSON}: it is not JSON (${(error as Error).message}); mend it`);
  }
  const { app } = (parsed ?? {}) as { readonly app?: unknown };
  return typeof app === 'string' ? app : Array.isArray(app) ? app.join(' ') : '';
}

function languageOf(cwd: string, command: string): LanguageId {
  const found = LANGUAGE_IDS.find(each => LANGUAGES[each].command.test(command))
    ?? (existsSync(join(cwd, 'tsconfig.json')) ? 'typescript' : undefined)
    ?? LANGUAGE_IDS.filter(each => each !== 'typescript')
      .find(each => globSync([...(LANGUAGES[each] as Language).manifests], { cwd, ignore: IGNORED }).length > 0);
  if (!found) { throw new Mistake(`${CDK_JSON}: its "app" does not tell the language, and neither does any file beside it; add the lines by hand, see docs/languages.md`); }
  return found;
}
