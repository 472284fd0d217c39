/**
 * The part of synthesis that the validation plugin takes, with 1,000 instances in an app: `l2`, as people write them, with a VPC, roles
 * and user data, or `l1`, bare `CfnInstance`s and nothing else, which is the least that CDK can be busy with.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env.CDK_DISABLE_STACK_TRACE = '1';
/* eslint-disable @typescript-eslint/no-require-imports */
const { App, Stack, Validations, aws_ec2 } = require('aws-cdk-lib');
const { ImdsValidator } = require(join(process.cwd(), 'lib'));

const outdir = mkdtempSync(join(tmpdir(), 'imds-bench-'));
const app = new App({ outdir });
const required = { httpTokens: 'required', httpPutResponseHopLimit: 1 };
for (let s = 0; s < 20; s++) {
  const stack = new Stack(app, `Stack${s}`);
  const common = process.argv[1] === 'l2' && {
    ...required,
    vpc: new aws_ec2.Vpc(stack, 'Vpc'),
    instanceType: new aws_ec2.InstanceType('t3.micro'),
    machineImage: aws_ec2.MachineImage.latestAmazonLinux2023(),
  };
  for (let i = 0; i < 50; i++) {
    if (common) new aws_ec2.Instance(stack, `I${i}`, common).addUserData(`echo ${i}`);
    else new aws_ec2.CfnInstance(stack, `I${i}`, { imageId: 'ami-1', metadataOptions: required });
  }
}
let milliseconds = 0;
const validator = new ImdsValidator();
const validate = validator.validate.bind(validator);
validator.validate = (context: unknown) => {
  const start = process.hrtime.bigint();
  try { return validate(context); } finally { milliseconds += Number(process.hrtime.bigint() - start) / 1e6; }
};
Validations.of(app).addPlugins(validator);
const start = process.hrtime.bigint();
app.synth();
const synthesis = Number(process.hrtime.bigint() - start) / 1e6;
rmSync(outdir, { recursive: true });
process.stderr.write = () => true;
console.log(JSON.stringify({ milliseconds, synthesis }));
