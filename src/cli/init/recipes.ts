import { Commands, fromRoot } from './commands';
import { LanguageId } from './languages';

/** What brings a language's tools to a runner of GitHub that may not have them. */
const SETUP: Readonly<Record<LanguageId, readonly string[]>> = {
  typescript: [],
  javascript: [],
  python: ['      - uses: actions/setup-python@v5', "        with: { python-version: '3.13' }"],
  java: ['      - uses: actions/setup-java@v4', '        with: { distribution: corretto, java-version: 21 }'],
  go: ['      - uses: actions/setup-go@v5', '        with: { go-version: stable }'],
  csharp: ['      - uses: actions/setup-dotnet@v4', '        with: { dotnet-version: 8.0.x }'],
};

export function githubWorkflow(language: LanguageId, folder: string, { install, synth, check }: Commands): string {
  const inFolder = folder === '' ? '' : `\n        working-directory: ${folder.slice(0, -1)}`;
  return `${[
    'name: imds-guard',
    'on: [push, pull_request]',
    'permissions: { contents: read, actions: read, security-events: write }',
    'jobs:',
    '  imds-guard:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v4',
    '      - uses: actions/setup-node@v4',
    '        with: { node-version: 22 }',
    ...SETUP[language],
    ...[...install, synth].map(command => `      - run: ${command}${inFolder}`),
    `      - run: ${check} --format sarif=imds.sarif --format github`,
    '      - uses: github/codeql-action/upload-sarif@v4',
    "        if: always() && hashFiles('imds.sarif') != ''",
    '        continue-on-error: true # a private repository without code scanning takes no report; the check has failed or passed by then',
    '        with: { sarif_file: imds.sarif }',
  ].join('\n')}\n`;
}

export function gitlabJob(folder: string, { install, synth, check }: Commands, stage: string | undefined): string {
  return `${[
    'imds-guard:',
    ...stage === undefined ? [] : [`  stage: ${JSON.stringify(stage)}`],
    '  image: node:22',
    '  script:',
    ...folder === '' ? [...install, synth].map(command => `    - ${command}`) : [`    - ${fromRoot(folder, ...install, synth)}`],
    `    - ${check} --format gitlab=gl-imds.json --format junit=imds.xml`,
    '  artifacts:',
    '    when: always',
    '    reports: { codequality: gl-imds.json, junit: imds.xml }',
  ].join('\n')}\n`;
}

export const CODEBUILD_REPORT = 'reports/imds.xml';
export const CODEBUILD_REPORTS = `reports:\n  imdsv2: { files: [${CODEBUILD_REPORT}], file-format: JUNITXML }\n`;

export function preCommitHook(endings: readonly string[], folder: string, { synth, check }: Commands): readonly string[] {
  const names = endings.map(ending => ending.slice(1)).join('|');
  return [
    '- repo: local',
    '  hooks:',
    '    - id: imds-guard',
    '      name: imds-guard',
    '      language: system',
    `      entry: bash -c '${fromRoot(folder, synth)} && ${check} --quiet'`,
    `      files: ^${folder.replaceAll('.', '\\.')}(.*\\.(${names})|cdk\\.json)$`,
    '      pass_filenames: false',
  ];
}
