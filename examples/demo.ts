import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { APP_DIRECTORY, readTemplates, readVerdicts, synthesize } from './demo/assembly';
import { attackReport } from './demo/attack-report';
import { changesBetween } from './demo/changes';
import { planOf } from './demo/plan';
import { checkReport } from './demo/report';

/** Plans the example app, then synthesizes it without and with the guard and compares; the exit code says whether all is well. */
async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'imds-guard-demo-'));
  const [without, guarded] = [join(directory, 'without'), join(directory, 'guarded')];
  try {
    print('One company app that does not know of the guard. What enforcing would change, says `imds-guard plan`:', '');
    const { text, plan } = await planOf(APP_DIRECTORY, directory);
    print(text);
    print('The same app, synthesized twice by the CDK CLI: as it is, and with one more line,', '', '  ImdsGuard.enforce(app);', '');
    await bothEnd(synthesize(without), synthesize(guarded, '--context', 'guard=on'));

    const [before, after] = [readTemplates(without), readTemplates(guarded)];
    const checks = checkReport(after, changesBetween(before, after), readVerdicts(guarded), plan.totals.changed);
    print(...checks.lines, '');

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
