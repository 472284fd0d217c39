import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { readMessages, readTemplates, readVerdicts, synthesize } from './demo/assembly';
import { attackReport } from './demo/attack-report';
import { changesBetween } from './demo/changes';
import { changeReport, checkReport, messageReport } from './demo/report';

/** Synthesizes the example app without and with the guard and tells what differs; the exit code says whether all is well. */
async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'imds-guard-demo-'));
  const [without, guarded] = [join(directory, 'without'), join(directory, 'guarded')];
  try {
    print('One company app, synthesized twice by the CDK CLI: as it is, and with one more line,', '', '  ImdsGuard.enforce(app);', '');
    await bothEnd(synthesize(without), synthesize(guarded, '--context', 'guard=on'));

    const [before, after] = [readTemplates(without), readTemplates(guarded)];
    const changes = changesBetween(before, after);
    const checks = checkReport(after, changes, readVerdicts(guarded));
    print(...changeReport(changes), '', ...messageReport(readMessages(guarded)), '', ...checks.lines, '');

    const attacks = await attackReport(before, after);
    print(...attacks.lines);
    process.exitCode = checks.passed && attacks.passed ? 0 : 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Waits for both even when one fails: the other still writes into the directory that is about to go. */
async function bothEnd(...runs: Array<Promise<void>>): Promise<void> {
  await Promise.allSettled(runs);
  await Promise.all(runs);
}

function print(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
