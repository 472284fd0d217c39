import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { differences } from './cells';
import { installClients } from './clients';
import { modelOf } from './model';
import { observe } from './observe';
import { withParts } from './page';
import { clientTable, markdown, matrix, Table } from './report';
import { refusal } from './spaces';
import { settingsOfTemplates } from './templates';
import { table } from '../examples/demo/table';

const PAGE = join(__dirname, '..', 'docs', 'why.md');

/** Attacks an instance over a real network, as it is in a template without and with the guard; writes what it saw to docs/why.md. */
async function main(): Promise<void> {
  const refused = refusal();
  if (refused) return print(`skipped: ${refused}`);

  const settings = settingsOfTemplates();
  const folder = mkdtempSync(join(tmpdir(), 'imds-guard-lab-'));
  try {
    const { commands, skipped } = installClients(folder);
    const { rows, fetched } = await observe({ settings, clients: commands });
    print('Who gets the keys of the role, and how:', '', ...lined(matrix(rows)), '');
    if (fetched.length > 0) print('By which version clients in the container get them:', '', ...lined(clientTable(fetched)), '');
    print(...skipped.map(reason => `skipped: ${reason}`));

    const wrong = differences(rows, await modelOf(settings));
    if (wrong.length > 0) throw new Error(['NOT EXPECTED:', ...wrong].join('\n'));
    print('The model of `npx projen demo` says the same in every cell.');

    if (skipped.length > 0) return print('docs/why.md is left as it is, since it shows all of the clients.');
    const parts = { matrix: markdown(matrix(rows)), clients: markdown(clientTable(fetched)) };
    writeFileSync(PAGE, withParts(readFileSync(PAGE, 'utf8'), parts));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lined([head, ...rows]: Table): string[] {
  return table(head, rows);
}

function print(...lines: string[]): void {
  process.stdout.write(lines.map(line => `${line}\n`).join(''));
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
