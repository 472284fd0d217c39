import { dirname, join } from 'path';
import { must, Peer } from './peer';

const RULES = ['ec2/ct-ec2-pr-1.guard', 'ec2autoscaling/ct-autoscaling-pr-2.guard'];
const AT_RESOURCE = /"path": "\/Resources\/([^/"]+)/g;

/** cfn-guard has no rules of its own: AWS Control Tower's are taken, which CDK's plugin for cfn-guard brings. The registry of rules for it has none about IMDS. */
export const CFN_GUARD: Peer = {
  name: 'cfn-guard',
  rules: 'of AWS Control Tower: CT.EC2.PR.1, CT.AUTOSCALING.PR.2',
  types: ['AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'],
  install(folder) {
    must('cargo', ['install', '--locked', '--quiet', '--jobs', '1', '--root', folder, 'cfn-guard']);
    return must(program(folder), ['--version']).replace('cfn-guard ', '');
  },
  judge: (folder, template) => ({
    program: program(folder),
    args: ['validate', '--rules', ...RULES.map(ruleFile), '--data', template, '--structured', '--output-format', 'json', '--show-summary', 'none'],
  }),
  verdicts: [0, 19],
  read(report) {
    const failed = (JSON.parse(report) as { readonly not_compliant: unknown }[]).map(({ not_compliant }) => not_compliant);
    return { reported: [...JSON.stringify(failed, null, 1).matchAll(AT_RESOURCE)].map(([, logicalId]) => logicalId), undecided: [] };
  },
};

function program(folder: string): string {
  return join(folder, 'bin', 'cfn-guard');
}

function ruleFile(name: string): string {
  return join(dirname(require.resolve('@cdklabs/cdk-validator-cfnguard/package.json')), 'rules', 'control-tower', 'cfn-guard', name);
}
