import { Syntax } from './code-only';

/** How an app in a language is made, imported from and installed. Patterns see source text without comments; those for the app, none in texts. */
export interface Language {
  readonly name: string;
  readonly endings: readonly string[];
  readonly syntax: Syntax;

  /** What in the command of cdk.json tells the language, where no source does. */
  readonly command: RegExp;

  /** Files that tell the language and list what is installed. */
  readonly manifests: readonly string[];

  /** Any app that is made. */
  readonly making: RegExp;

  /** The start of a statement that makes one: its indentation, the variable, and what the class is taken from, if anything. */
  readonly statement: RegExp;

  /** The import that brings the class, given what it is taken from. */
  readonly importing: (name: string) => RegExp;

  /** Its own line for the guard, after that import. */
  readonly importLine: (importing: string) => string;
  readonly enforceLine: (app: string) => string;

  /** The name of the package in the manifests, and how it gets there. */
  readonly packageName: string;
  readonly install: string;
  readonly isNpm?: boolean;
}

/** Statements may end without a semicolon. */
const SAME_STATEMENT = '(?:(?!\\b(?:import|const|let|var)\\b)[^;\'"()])*';

/** Statements of JavaScript that bring names from `aws-cdk-lib`: imports and requires. */
const IMPORT_NPM = (name: string): RegExp => new RegExp(
  `^[ \\t]*(?:import(?! type\\b)|const|let|var)\\b${SAME_STATEMENT}\\b${name}\\b(?! as\\b)${SAME_STATEMENT}?(?:from\\s*|=\\s*require\\(\\s*)(['"])aws-cdk-lib(?:/core)?\\1\\)?;?`, 'm',
);

function importNpm(importing: string): string {
  const quote = importing.includes('"') ? '"' : '\'';
  const end = importing.endsWith(';') ? ';' : '';
  const isRequired = /^\s*(?:const|let|var)\b/.test(importing);
  return isRequired ? `const { ImdsGuard } = require(${quote}cdk-imds-guard${quote})${end}` : `import { ImdsGuard } from ${quote}cdk-imds-guard${quote}${end}`;
}

const NPM = {
  syntax: 'c',
  manifests: ['package.json'],
  making: /\bnew\s+(?:\w+\.)*App\b/g,
  statement: /^([ \t]*)(?:export )?(?:const|let|var) (\w+)(?:\s*:\s*[\w.]+)?\s*=\s*new (?:(\w+)\.)?App\(/m,
  importing: IMPORT_NPM,
  importLine: importNpm,
  enforceLine: app => `ImdsGuard.enforce(${app});`,
  packageName: '"cdk-imds-guard"',
  install: 'npm install cdk-imds-guard',
  isNpm: true,
} as const satisfies Partial<Language>;

export const LANGUAGES = {
  typescript: { ...NPM, name: 'TypeScript', endings: ['.ts', '.mts', '.cts'], command: /\bts-node\b|\btsx\b|\.[mc]?ts\b/ },
  javascript: { ...NPM, name: 'JavaScript', endings: ['.js', '.mjs', '.cjs'], command: /\bnode\b|\.[mc]?js\b/ },
  python: {
    name: 'Python',
    endings: ['.py'],
    syntax: 'python',
    command: /\bpython[\d.]*\b|\.py\b/,
    manifests: ['requirements.txt', 'pyproject.toml', 'setup.py', 'Pipfile'],
    making: /(?<!\w)App\(/g,
    statement: /^([ \t]*)(\w+)(?:\s*:\s*[\w.]+)?\s*=\s*(?:(\w+)\.)?App\(/m,
    importing: name => new RegExp(name === 'App'
      ? '^from aws_cdk import (?:\\([^)]*\\bApp\\b(?! as\\b)[^)]*\\)|[^(\\n]*\\bApp\\b(?! as\\b)[^\\n\\\\]*(?=\\n))'
      : `^import aws_cdk${name === 'aws_cdk' ? '' : ` as ${name}`}[ \\t]*(?=\\n)`, 'm'),
    importLine: () => 'from cdk_imds_guard import ImdsGuard',
    enforceLine: app => `ImdsGuard.enforce(${app})`,
    packageName: 'cdk-imds-guard',
    install: 'add cdk-imds-guard to requirements.txt, or to what you use in its place, and install it',
  },
  java: {
    name: 'Java',
    endings: ['.java'],
    syntax: 'c',
    command: /\bmvnw?\b|\bgradlew?\b|\bjava\b/,
    manifests: ['pom.xml', 'build.gradle', 'build.gradle.kts'],
    making: /\bnew App\(|\bApp\.Builder\b/g,
    statement: /^([ \t]*)(?:final )?(?:var|App) (\w+) = new App\(/m,
    importing: () => /^import software\.amazon\.awscdk\.(?:App|\*);/m,
    importLine: () => 'import io.github.cdkimdsguard.ImdsGuard;',
    enforceLine: app => `ImdsGuard.enforce(${app});`,
    packageName: 'cdk-imds-guard',
    install: 'add the dependency io.github.cdk-imds-guard:cdk-imds-guard to pom.xml, or to what you use in its place',
  },
  go: {
    name: 'Go',
    endings: ['.go'],
    syntax: 'c',
    command: /\bgo (?:run|build|mod)\b/,
    manifests: ['go.mod'],
    making: /\bNewApp\(/g,
    statement: /^([ \t]*)(\w+) := (awscdk)\.NewApp\(/m,
    importing: () => /^[ \t]+"github\.com\/aws\/aws-cdk-go\/awscdk\/v2"/m,
    importLine: importing => `${/^[ \t]*/.exec(importing)![0]}guard "github.com/cdk-imds-guard/cdk-imds-guard-go/cdkimdsguard"`,
    enforceLine: app => `guard.ImdsGuard_Enforce(${app}, nil)`,
    packageName: 'cdk-imds-guard-go',
    install: 'go get github.com/cdk-imds-guard/cdk-imds-guard-go/cdkimdsguard',
  },
  csharp: {
    name: 'C#',
    endings: ['.cs'],
    syntax: 'c',
    command: /\bdotnet\b/,
    manifests: ['*.csproj', 'src/*/*.csproj'],
    making: /\bnew (?:[\w.]+\.)?App\(/g,
    statement: /^([ \t]*)(?:var|App) (\w+) = new App\(/m,
    importing: () => /^\uFEFF?using Amazon\.CDK;/m,
    importLine: () => 'using CdkImdsGuard;',
    enforceLine: app => `ImdsGuard.Enforce(${app});`,
    packageName: 'CdkImdsGuard',
    install: 'dotnet add package CdkImdsGuard',
  },
} as const satisfies Record<string, Language>;

export type LanguageId = keyof typeof LANGUAGES;
export const LANGUAGE_IDS = Object.keys(LANGUAGES) as readonly LanguageId[];

/** The lines for somebody who adds them by hand. */
export function linesOf(language: Language, isCommonJs = false): readonly string[] {
  return [language.importLine(isCommonJs ? 'const;' : 'import;').trim(), language.enforceLine('app')];
}
