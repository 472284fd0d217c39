import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { fixture, Label, labels } from './labels';
import { CDK_NAG } from './peers/cdk-nag';
import { CFN_GUARD } from './peers/cfn-guard';
import { CFN_LINT } from './peers/cfn-lint';
import { CHECKOV } from './peers/checkov';
import { KICS } from './peers/kics';
import { Peer } from './peers/peer';
import { THIS_PROJECT } from './peers/this-project';
import { TRIVY } from './peers/trivy';
import { byFixture, Result, rulesOf, summary } from './report';
import { Run, run } from './run';
import { scoreOf, wrongOf } from './score';
import { withParts } from '../lab/page';

const PEERS: readonly Peer[] = [THIS_PROJECT, CHECKOV, TRIVY, KICS, CFN_GUARD, CDK_NAG, CFN_LINT];
const PAGE = join(__dirname, '..', 'docs', 'compare.md');

/** `npx projen compare -- [FOLDER] [NAME…]`: installs the peers below the folder, judges the labelled fixtures with each, writes docs/compare.md. */
async function main([folder = '.compare', ...names]: readonly string[]): Promise<void> {
  const unknown = names.filter(name => !PEERS.some(peer => peer.name === name));
  if (unknown.length > 0) { throw new Error(`no such tool: ${unknown.join(', ')}; there are ${PEERS.map(({ name }) => name).join(', ')}`); }
  const results: Result[] = [];
  const skipped: { readonly name: string; readonly why: string }[] = [];
  for (const peer of PEERS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const own = resolve(folder, peer.name);
    mkdirSync(own, { recursive: true });
    let version: string;
    try {
      version = peer.install(own);
    } catch (error) {
      skipped.push({ name: peer.name, why: String(error instanceof Error ? error.message : error) });
      continue;
    }
    results.push({ name: peer.name, version, rules: peer.rules, types: peer.types, files: await judged(peer, own) });
  }

  const about = `${new Date().toISOString().slice(0, 10)}, ${labels().length} labelled resources, Node.js ${process.version}, ${process.platform} ${process.arch}`;
  const parts = { summary: [about, '', summary(results), ...skipped.flatMap(({ name }) => ['', `Not installed there: ${name}.`])].join('\n'), fixtures: byFixture(results), rules: rulesOf(results) };
  print(...Object.values(parts).flatMap(part => [part, '']), ...skipped.map(({ name, why }) => `not installed: ${name}: ${why}`));
  for (const { name, files } of results) {
    for (const { file, run: { failure }, wrong } of files) {
      if (failure) { print(`failed: ${name} on ${file}: ${failure}`); }
      print(...wrong.map(each => `${name} on ${file}: ${each}`));
    }
  }
  if (names.length > 0) { return print('docs/compare.md is left as it is, since it shows all tools.'); }
  writeFileSync(PAGE, withParts(readFileSync(PAGE, 'utf8'), parts));
}

async function judged(peer: Peer, folder: string): Promise<Result['files']> {
  const files = [];
  for (const file of new Set(labels().map(label => label.file))) {
    const ran = await run(peer, peer.judge(folder, fixture(file)));
    const its = labels().filter(label => label.file === file);
    const own = its.filter(({ type }) => !peer.types || peer.types.includes(type));
    files.push({ file, run: ran, ...scored(its, ran), ofRules: scored(own, ran), wrong: wrongOf(own, ran.said) });
  }
  return files;
}

function scored(its: readonly Label[], { said }: Run): Pick<Result['files'][number], 'score' | 'weak'> {
  return { score: scoreOf(its, said), weak: its.filter(({ truth }) => truth === 'allows-v1').length };
}

function print(...lines: string[]): void {
  process.stdout.write(lines.map(line => `${line}\n`).join(''));
}

main(process.argv.slice(2).filter(word => word !== '--')).catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
