import { Peer } from './peer';
import { inPython, installPython } from './python';

interface Match {
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: readonly (string | number)[] | null };
}

const SETTINGS = /^(.*MetadataOptions|HttpTokens|DisableIMDSV?1|InstanceMetadataServiceConfiguration)$/i;

/** It has no rule that asks for version 2. What it says about the values of the settings counts. */
export const CFN_LINT: Peer = {
  name: 'cfn-lint',
  rules: 'none of its own; findings at the settings of IMDS count',
  types: [],
  install: folder => installPython(folder, 'cfn-lint'),
  judge: (folder, template) => ({ program: inPython(folder, 'cfn-lint'), args: ['--format', 'json', '--', template] }),
  verdicts: [0, 2, 4, 6, 8, 10, 12, 14],
  read(report) {
    const paths = (JSON.parse(report) as Match[]).map(({ Location }) => (Location.Path ?? []).map(String));
    return { reported: paths.filter(path => path.some(key => SETTINGS.test(key))).map(([, logicalId]) => logicalId), undecided: [] };
  },
};
