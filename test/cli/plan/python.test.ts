import { spawnSync } from 'node:child_process';
import { planned } from './plan-app';
import { PlanReport } from '../../../src/cli/plan/plan-report';
import { builtPreload } from '../../support/built-preload';
import { folderWith } from '../../support/files';

const hasCdk = spawnSync('python3', ['-c', 'import aws_cdk']).status === 0;
const name = 'an app in Python is planned, and leaves no __pycache__';

(hasCdk ? test : test.skip)(hasCdk ? name : `${name} (skipped: there is no python3 with aws-cdk-lib)`, async () => {
  const folder = folderWith({
    'app.py': 'import aws_cdk as cdk\nfrom hosts import add\napp = cdk.App()\nadd(cdk.Stack(app, "Web"))\napp.synth()\n',
    'hosts.py': 'from aws_cdk import aws_ec2 as ec2\ndef add(stack):\n    ec2.CfnInstance(stack, "Host", image_id="ami-1")\n',
  });
  const { stdout, exitCode } = await planned(folder, await builtPreload(), ['--format', 'json', '--', 'python3', 'app.py'], {
    HOME: folderWith(), // jsii unpacks into it
  });
  expect(exitCode).toBe(0);
  expect((JSON.parse(stdout) as PlanReport).stacks[0].changes).toMatchObject([{ path: 'Web/Host', reach: 'in-place' }]);
});
