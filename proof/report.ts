import { Held, Proof } from './prove';
import { markdown } from '../lab/report';

type Shown = Proof & Required<Pick<Proof, 'held' | 'seconds'>>;

/** What must not be, each in a line. An app that does not synthesize as it is is no fault of the guard. */
export function faultsOf({ app: { name, stopped }, failure, held }: Proof): string[] {
  if (failure) { return stopped && failure.includes(stopped) ? [] : [`${name} does not synthesize with the guard: ${failure}`]; }
  if (held && stopped) { return [`${name} synthesizes with the guard, which was to stop it for ${stopped}`]; }
  return held ? faultsIn(held).map(fault => `${name}: ${fault}`) : [];
}

function faultsIn({ before, after, difference, unsteady, recordedRolls }: Held): string[] {
  const renewed = difference.rolled.length + difference.replacedGroups.length + difference.renewedByService.length;
  const own = [...unsteady.added, ...unsteady.removed, ...unsteady.replaced, ...unsteady.besides];
  const not = (what: string, lines: readonly string[]) => lines.filter(line => !own.includes(line)).map(line => `${what}: ${line}`);
  return [
    ...not('added', difference.added),
    ...not('removed or renamed', difference.removed),
    ...not('replaced', difference.replaced),
    ...not('changed beside the settings', difference.besides),
    ...after.exitCode === 0 ? [] : not('the check still says', after.findings),
    ...after.resources === before.resources ? [] : [`${before.resources} launch resources before, ${after.resources} after`],
    ...renewed === recordedRolls ? [] : [`the instances of ${renewed} groups are renewed, and the record of the guard says ${recordedRolls}`],
  ];
}

const HEAD = [
  'app', 'aws-cdk-lib', 'launch resources', 'required before', 'after', 'replaced', 'new launch configurations', 'rolled', 'replaced groups', 'renewed by a service', 'added',
  'check before', 'after', 'seconds without', 'with', 'ratio',
];

/** One line an app, and the sum. */
export function appTable(proofs: readonly Proof[]): string {
  const shown = proofs.filter((proof): proof is Shown => proof.held !== undefined && proof.seconds !== undefined);
  return markdown([
    HEAD,
    ...shown.map(proof => [linkTo(proof.app), proof.library ?? '', ...cellsOf([proof], verdict)]),
    [`**all ${shown.length}**`, '', ...cellsOf(shown, exitCodes => `${exitCodes.filter(exitCode => exitCode === 0).length} pass`)],
  ]);
}

function cellsOf(proofs: readonly Shown[], verdictOf: (exitCodes: readonly number[]) => string): string[] {
  const sum = (of: (proof: Shown) => number) => proofs.reduce((total, proof) => total + of(proof), 0);
  const [plain, guarded] = [sum(({ seconds }) => seconds.plain), sum(({ seconds }) => seconds.guarded)];
  return [
    sum(({ held }) => held.after.resources),
    sum(({ held }) => held.before.required),
    sum(({ held }) => held.after.required),
    sum(({ held }) => held.difference.replaced.length),
    sum(({ held }) => held.difference.newConfigurations.length),
    sum(({ held }) => held.difference.rolled.length),
    sum(({ held }) => held.difference.replacedGroups.length),
    sum(({ held }) => held.difference.renewedByService.length),
    sum(({ held }) => held.difference.added.length),
    verdictOf(proofs.map(({ held }) => held.before.exitCode)),
    verdictOf(proofs.map(({ held }) => held.after.exitCode)),
    plain.toFixed(1), guarded.toFixed(1), proofs.length > 0 ? (guarded / plain).toFixed(2) : '',
  ].map(String);
}

/** What the check says of guarded apps. */
export function leftTable(proofs: readonly Proof[]): string {
  const rows = proofs.flatMap(({ app, held }) => (held?.after.findings ?? []).map(finding => [app.name, finding]));
  return rows.length > 0 ? markdown([['app', 'error or warning'], ...rows]) : 'Nothing.';
}

export function skippedTable(proofs: readonly Proof[]): string {
  return reasons(proofs.map(({ app, skipped }) => ({ app, why: skipped })));
}

/** Apps that the guard does not let through. */
export function stoppedTable(proofs: readonly Proof[]): string {
  return reasons(proofs.map(({ app, failure }) => ({ app, why: failure })));
}

function reasons(all: readonly { readonly app: Proof['app']; readonly why?: string }[]): string {
  const rows = all.flatMap(({ app, why }) => why ? [[linkTo(app), why.replace(/\|/g, '\\|')]] : []);
  return rows.length > 0 ? markdown([['app', 'why'], ...rows]) : 'None.';
}

function verdict([exitCode]: readonly number[]): string {
  return exitCode === 0 ? 'passes' : 'fails';
}

function linkTo({ name, repo, commit, root = '.', path = '.' }: Proof['app']): string {
  const folder = [root, path].filter(part => part !== '.').map(part => `/${part}`).join('');
  return `[${name}](https://github.com/${repo}/tree/${commit}${folder})`;
}
