import { Peer } from './peer';
import { inPython, installPython } from './python';

interface Report {
  readonly results: Record<'failed_checks' | 'unknown_checks', { readonly resource: string }[] | undefined>;
}

const NOTHING: Report = { results: { failed_checks: [], unknown_checks: [] } };

/** @see https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html */
export const CHECKOV: Peer = {
  name: 'Checkov',
  rules: 'CKV_AWS_79, CKV_AWS_371',
  types: ['AWS::EC2::LaunchTemplate', 'AWS::SageMaker::NotebookInstance'],
  install: folder => installPython(folder, 'checkov'),
  judge: (folder, template) => ({
    program: inPython(folder, 'checkov'),
    args: ['--file', template, '--framework', 'cloudformation', '--check', 'CKV_AWS_79,CKV_AWS_371', '--output', 'json', '--quiet', '--compact',
      '--skip-download'],
  }),
  verdicts: [0, 1],
  read(report) {
    const parsed = JSON.parse(report);
    const { results } = 'results' in parsed ? parsed as Report : NOTHING; // without a resource that it checks, a summary of zeros is all
    const idsOf = (checks: { readonly resource: string }[] = []): string[] => checks.map(({ resource }) => resource.split('.').pop()!);
    return { reported: idsOf(results.failed_checks), undecided: idsOf(results.unknown_checks) };
  },
};
