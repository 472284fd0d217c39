import { realpathSync, rmSync, symlinkSync } from 'fs';
import { join } from 'path';
import { installGo } from './go';
import { Peer } from './peer';

interface Report {
  readonly files_parsed: number;
  readonly queries_failed_to_execute: number;
  readonly queries?: readonly { readonly files: readonly { readonly search_key: string }[] }[];
}

/** @see https://docs.kics.io/latest/commands/ */
export const KICS: Peer = {
  name: 'KICS',
  rules: 'a4f5f706-80fd-4c96-9a24-6ab317d33d24',
  types: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate'],
  install(folder) {
    const { version, files } = installGo(folder, 'github.com/Checkmarx/kics/v2', 'cmd/console');
    rmSync(join(folder, 'assets'), { force: true });
    symlinkSync(join(files, 'assets'), join(folder, 'assets'));
    return version;
  },
  judge: (folder, template) => ({
    program: join(folder, 'console'),
    args: ['scan', '--path', template, '--queries-path', assetsIn(folder, 'queries'), '--libraries-path', assetsIn(folder, 'libraries'),
      '--type', 'CloudFormation', '--include-queries', 'a4f5f706-80fd-4c96-9a24-6ab317d33d24',
      '--output-path', folder, '--output-name', 'report', '--report-formats', 'json', '--ignore-on-exit', 'results', '--no-progress'],
    report: join(folder, 'report.json'),
    cwd: folder,
  }),
  verdicts: [0],
  read(report) {
    const { files_parsed, queries_failed_to_execute, queries = [] } = JSON.parse(report) as Report;
    if (files_parsed !== 1 || queries_failed_to_execute > 0) { throw new Error('it did not judge the template'); }
    const keys = queries.flatMap(({ files }) => files.map(({ search_key }) => search_key));
    return { reported: keys.map(key => /^Resources\.([^.=]+)/.exec(key)?.[1] ?? key), undecided: [] };
  },
};

/** The program does not have them inside. */
function assetsIn(folder: string, name: string): string {
  return realpathSync(join(folder, 'assets', name));
}
