import { cpSync } from 'fs';
import { join } from 'path';
import { installGo } from './go';
import { Peer } from './peer';

interface Report {
  readonly queries?: readonly { readonly files: readonly { readonly search_key: string }[] }[];
}

/** @see https://docs.kics.io/latest/commands/ */
export const KICS: Peer = {
  name: 'KICS',
  rules: 'a4f5f706-80fd-4c96-9a24-6ab317d33d24',
  install(folder) {
    const { version, files } = installGo(folder, 'github.com/Checkmarx/kics/v2', 'cmd/console');
    for (const part of ['queries', 'libraries']) { cpSync(join(files, 'assets', part), join(folder, part), { recursive: true }); }
    return version;
  },
  judge: (folder, template) => ({
    program: join(folder, 'console'),
    args: ['scan', '--path', template, '--queries-path', join(folder, 'queries'), '--libraries-path', join(folder, 'libraries'),
      '--type', 'CloudFormation', '--include-queries', 'a4f5f706-80fd-4c96-9a24-6ab317d33d24',
      '--output-path', folder, '--output-name', 'report', '--report-formats', 'json', '--ignore-on-exit', 'results', '--no-progress'],
    report: join(folder, 'report.json'),
    cwd: folder,
  }),
  verdicts: [0],
  read(report) {
    const keys = ((JSON.parse(report) as Report).queries ?? []).flatMap(({ files }) => files.map(({ search_key }) => search_key));
    return { reported: keys.map(key => /^Resources\.([^.=]+)/.exec(key)?.[1] ?? key), undecided: [] };
  },
};
