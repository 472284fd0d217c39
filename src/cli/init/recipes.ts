import { Commands, fromRoot } from './commands';
import { LanguageId } from './languages';
import { version } from '../../input/version';

/** What brings a language's tools to a runner of GitHub that may not have them. */
const SETUP: Readonly<Record<LanguageId, readonly string[]>> = {
  typescript: [],
  javascript: [],
  python: ['      - uses: actions/setup-python@v5', "        with: { python-version: '3.13' }"],
  java: ['      - uses: actions/setup-java@v4', '        with: { distribution: corretto, java-version: 21 }'],
  go: ['      - uses: actions/setup-go@v5', '        with: { go-version: stable }'],
  csharp: ['      - uses: actions/setup-dotnet@v4', '        with: { dotnet-version: 8.0.x }'],
};

export function githubWorkflow(language: LanguageId, folder: string, { install, synth, guard, assembly, config }: Commands): string {
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
    `      - uses: cdk-imds-guard/cdk-imds-guard@v${version()}`,
    '        with:',
    `          paths: ${assembly}`,
    `          command: ${guard}`,
    ...config === undefined ? [] : [`          config: ${config}`],
  ].join('\n')}\n`;
}

export function gitlabInclude(folder: string, { install, synth, guard, assembly, config }: Commands, stage: string | undefined): string {
  const before = folder === '' ? [...install, synth] : [fromRoot(folder, ...install, synth)];
  return `${[
    'include:',
    `  - remote: https://raw.githubusercontent.com/cdk-imds-guard/cdk-imds-guard/v${version()}/templates/imds-guard.yml`,
    '    inputs:',
    ...stage === undefined ? [] : [`      stage: ${JSON.stringify(stage)}`],
    '      before:',
    ...before.map(command => `        - ${command}`),
    `      paths: ${assembly}`,
    `      command: ${guard}`,
    ...config === undefined ? [] : [`      args: --config=${config}`],
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
