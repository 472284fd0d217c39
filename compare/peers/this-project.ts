import { execFileSync } from 'child_process';
import { join } from 'path';
import { Peer } from './peer';

interface Report {
  readonly findings: readonly { readonly logicalId: string; readonly verdict: string }[];
}

const ROOT = join(__dirname, '..', '..');

/** The check as it was compiled last. */
export const THIS_PROJECT: Peer = {
  name: 'imds-guard',
  rules: 'all, without settings',
  install: () => execFileSync('git', ['log', '-1', '--format=%h'], { cwd: ROOT, encoding: 'utf8' }).trim(),
  judge: (_folder, template) => ({ program: process.execPath, args: [join(ROOT, 'bin', 'imds-guard'), 'check', '--format', 'json', template] }),
  verdicts: [0, 1],
  read(report) {
    const { findings } = JSON.parse(report) as Report;
    const idsOf = (verdict: string): string[] => findings.filter(each => each.verdict === verdict).map(({ logicalId }) => logicalId);
    return { reported: idsOf('violation'), undecided: idsOf('cannot tell') };
  },
};
