import { spawnSync } from 'child_process';
import { readFileSync, writeFileSync } from 'fs';
import { basename, join } from 'path';
import { must, Peer, Said } from './peer';
import { parseYaml } from '../../src/input/parse-yaml';
import { isFault } from '../../src/input/parsed';

/** @see https://github.com/cdklabs/cdk-nag/blob/main/RULES.md */
export const CDK_NAG: Peer = {
  name: 'cdk-nag',
  rules: 'EC2IMDSv2Enabled',
  types: ['AWS::EC2::Instance', 'AWS::AutoScaling::AutoScalingGroup'],
  install(folder) {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    must('npm', ['install', '--no-audit', '--no-fund', 'cdk-nag@latest', 'aws-cdk-lib@2', 'constructs@10'], { cwd: folder });
    return JSON.parse(readFileSync(join(folder, 'node_modules', 'cdk-nag', 'package.json'), 'utf8')).version;
  },
  judge(folder, template) {
    const parsed = parseYaml(readFileSync(template, 'utf8'));
    if (isFault(parsed)) { throw new Error(`${template}: ${parsed.message}`); }
    const json = join(folder, `${basename(template)}.json`);
    writeFileSync(json, JSON.stringify(parsed.value));
    const args = [join(__dirname, 'nag-rule.cjs'), json];
    spawnSync(process.execPath, args, { cwd: folder, timeout: 120_000, stdio: 'ignore' }); // fills in what is missing, which is no part of its time
    return { program: process.execPath, args, cwd: folder };
  },
  verdicts: [0],
  read: report => JSON.parse(report) as Said,
};
