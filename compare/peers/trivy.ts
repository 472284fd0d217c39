import { join } from 'path';
import { installGo } from './go';
import { Peer } from './peer';

interface Report {
  readonly Results?: readonly { readonly Misconfigurations?: readonly Misconfiguration[] }[];
}

interface Misconfiguration {
  readonly ID: string;
  readonly Status: string;
  readonly CauseMetadata: { readonly Resource?: string };
}

/** Those that it brings along: newer ones come from a registry of containers. */
const CHECKS = /(^|-)AWS-0(028|130)$/;

/** @see https://trivy.dev/latest/docs/references/configuration/cli/trivy_config/ */
export const TRIVY: Peer = {
  name: 'Trivy',
  rules: 'AWS-0028, AWS-0130, as the program brings them along',
  install: folder => installGo(folder, 'github.com/aquasecurity/trivy', 'cmd/trivy', { GOEXPERIMENT: 'jsonv2' }).version, // as its releases are built
  judge: (folder, template) => ({
    program: join(folder, 'trivy'),
    args: ['config', '--skip-check-update', '--misconfig-scanners', 'cloudformation', '--cache-dir', join(folder, 'cache'), '--format', 'json', '--quiet', template],
  }),
  verdicts: [0],
  read(report) {
    const found = ((JSON.parse(report) as Report).Results ?? []).flatMap(({ Misconfigurations }) => Misconfigurations ?? []);
    const ours = found.filter(({ ID, Status }) => CHECKS.test(ID) && Status === 'FAIL');
    return { reported: ours.map(({ CauseMetadata }) => CauseMetadata.Resource ?? ''), undecided: [] };
  },
};
