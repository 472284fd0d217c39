import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { PublicApp, publicApps } from './app';
import { Proof, prove } from './prove';
import { appTable, faultsOf, leftTable, skippedTable, stoppedTable } from './report';
import { Synthesized, synthesizeBoth } from './synthesized';
import { withParts } from '../lab/page';

const PAGE = join(__dirname, '..', 'docs', 'public-apps.md');
const USAGE = 'npx projen proof -- [FOLDER OF CHECKOUTS] [APP]... [--work=FOLDER] [--resume]';

/** Synthesizes public CDK apps without and with the guard, and writes docs/public-apps.md. */
async function main(words: readonly string[]): Promise<void> {
  const options = words.filter(word => word.startsWith('--'));
  const [checkouts = '.proof/checkouts', ...names] = words.filter(word => !word.startsWith('--'));
  const work = resolve(options.find(option => option.startsWith('--work='))?.slice('--work='.length) ?? '.proof');
  const wrong = options.find(option => option !== '--resume' && !option.startsWith('--work='));
  if (wrong) { throw new Error(`no such option: ${wrong}; ${USAGE}`); }
  const apps = publicApps();
  const unknown = names.filter(name => !apps.some(app => app.name === name));
  if (unknown.length > 0) { throw new Error(`no such app: ${unknown.join(', ')}; proof/apps.json has ${apps.map(({ name }) => name).join(', ')}`); }

  mkdirSync(work, { recursive: true });
  const folders = { checkouts: resolve(checkouts), work };
  const proofs: Proof[] = [];
  for (const app of apps.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const file = join(work, `${app.name}.json`);
    const known = options.includes('--resume') ? synthesizedBefore(app, file) : undefined;
    const synthesized = known ?? await synthesizeBoth(app, folders);
    writeFileSync(file, JSON.stringify(synthesized, undefined, 2));
    const proof = prove(synthesized, folders);
    proofs.push(proof);
    print(faultsOf(proof)[0] ?? `${app.name}: ${resultOf(proof)}`);
  }

  const faults = proofs.flatMap(faultsOf);
  const about = `${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}, ${process.platform} ${process.arch}`;
  const parts = {
    apps: `${about}\n\n${appTable(proofs)}`, stopped: stoppedTable(proofs), left: leftTable(proofs), skipped: skippedTable(proofs),
  };
  print('', ...Object.values(parts).flatMap(part => [part, '']));
  if (names.length > 0) {
    print('docs/public-apps.md is left as it is, since it shows all apps.');
  } else {
    writeFileSync(PAGE, withParts(readFileSync(PAGE, 'utf8'), parts));
  }
  if (faults.length > 0) { throw new Error(['THE GUARD FAILS:', ...faults].join('\n')); }
}

function resultOf({ skipped, failure }: Proof): string {
  if (skipped) { return `does not synthesize as it is: ${skipped}`; }
  return failure ? 'is stopped, as it must be' : 'well';
}

function synthesizedBefore(app: PublicApp, file: string): Synthesized | undefined {
  const found: Synthesized | undefined = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  return JSON.stringify(found?.app) === JSON.stringify(app) ? found : undefined;
}

function print(...lines: string[]): void {
  process.stdout.write(lines.map(line => `${line}\n`).join(''));
}

main(process.argv.slice(2).filter(word => word !== '--')).catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
