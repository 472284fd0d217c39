import { partOf, withParts } from '../../lab/page';
import { publicApps } from '../../proof/app';
import { reasonIn } from '../../proof/logged';
import { Held, Proof } from '../../proof/prove';
import { appTable, faultsOf, leftTable, skippedTable, stoppedTable } from '../../proof/report';
import { stubOf } from '../../proof/stubs';

const app = { name: 'shop', repo: 'owner/shop', commit: 'c0ffee', path: 'infra' };
const NOTHING = {
  changed: 0, added: [], removed: [], replaced: [], newConfigurations: [], rolled: [], replacedGroups: [], renewedByService: [], besides: [],
};
const BEFORE = { exitCode: 1, resources: 2, required: 0, violations: 2, cannotTell: 0, findings: ['error imdsv2-not-required Shop/Web'] };
const AFTER = { exitCode: 0, resources: 2, required: 2, violations: 0, cannotTell: 0, findings: [] };

function proof(held: Partial<Held> = {}): Proof {
  const difference = { ...NOTHING, changed: 2, rolled: ['S.template.json G'] };
  return {
    app,
    library: '2.200.0',
    seconds: { plain: 2, guarded: 2.1 },
    held: { before: BEFORE, after: AFTER, unsteady: NOTHING, recordedRolls: 1, difference, ...held },
  };
}

const differing = (difference: Partial<Held['difference']>): Partial<Held> => ({ difference: { ...NOTHING, ...difference }, recordedRolls: 0 });

test('a guarded app that is as it should be has no fault', () => {
  expect(faultsOf(proof())).toEqual([]);
});

test.each<[string, Proof, string]>([
  ['is replaced', proof(differing({ replaced: ['S/I'] })), 'shop: replaced: S/I'],
  ['is added', proof(differing({ added: ['S/T'] })), 'shop: added: S/T'],
  ['has another logical id', proof(differing({ removed: ['S/I'] })), 'shop: removed or renamed: S/I'],
  ['changes otherwise', proof(differing({ besides: ['S/I: Tags'] })), 'shop: changed beside the settings: S/I: Tags'],
  ['is left by the guard', proof({ after: { ...BEFORE } }), 'shop: the check still says: error imdsv2-not-required Shop/Web'],
  ['is gone', proof({ after: { ...AFTER, resources: 1 } }), 'shop: 2 launch resources before, 1 after'],
  ['rolls without a word', proof({ recordedRolls: 0 }), 'shop: the instances of 1 groups are renewed, and the record of the guard says 0'],
  ['fails to synthesize', { app, failure: 'ended with 1: boom' }, 'shop does not synthesize with the guard: ended with 1: boom'],
])('what %s is a fault', (_, faulty, line) => {
  expect(faultsOf(faulty)).toEqual([line]);
});

test('an app that the guard must stop is stopped, and for that reason', () => {
  const stopped = { ...app, stopped: 'product.json' };
  expect(faultsOf({ app: stopped, failure: 'ended with 1: I in product.json: not set' })).toEqual([]);
  expect(faultsOf({ app: stopped, failure: 'ended with 1: boom' })).toEqual(['shop does not synthesize with the guard: ended with 1: boom']);
  expect(faultsOf({ ...proof(), app: stopped })).toEqual(['shop synthesizes with the guard, which was to stop it for product.json']);
  expect(stoppedTable([{ app: stopped, failure: 'a | b' }, proof()])).toContain('| a \\| b |');
});

test('what differs between any two runs is no fault of the guard', () => {
  const besides = ['S/I: UserData'];
  expect(faultsOf(proof({ ...differing({ besides }), unsteady: { ...NOTHING, besides } }))).toEqual([]);
  expect(faultsOf(proof({ ...differing({ besides, replaced: ['S/I'] }), unsteady: { ...NOTHING, besides } }))).toEqual(['shop: replaced: S/I']);
});

test('an app that does not synthesize as it is counts nowhere, and is listed with the reason', () => {
  const skipped: Proof = { app: { ...app, name: 'other' }, skipped: 'npm install ended with 1: a | b' };
  expect(faultsOf(skipped)).toEqual([]);
  expect(appTable([proof(), skipped])).toBe(appTable([proof()]));
  expect(skippedTable([proof(), skipped])).toContain('| [other](https://github.com/owner/shop/tree/c0ffee/infra) | npm install ended with 1: a \\| b |');
  expect(skippedTable([proof()])).toBe('None.');
});

test('the table has a line for each app, and the sum', () => {
  const lines = appTable([proof(), proof()]).split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[2]).toBe('| [shop](https://github.com/owner/shop/tree/c0ffee/infra) | 2.200.0 | 2 | 0 | 2 | 0 | 0 | 1 | 0 | 0 | 0 | fails | passes | 2.0 | 2.1 | 1.05 |');
  expect(lines[4]).toBe('| **all 2** |  | 4 | 0 | 4 | 0 | 0 | 2 | 0 | 0 | 0 | 0 pass | 2 pass | 4.0 | 4.2 | 1.05 |');
});

test('what the check says of guarded apps is listed', () => {
  expect(leftTable([proof({ after: { ...AFTER, findings: ['warning undecided-value S/I'] } })])).toContain('| shop | warning undecided-value S/I |');
  expect(leftTable([proof()])).toBe('Nothing.');
});

test('a part of a page is replaced, and read again', () => {
  const page = withParts('<!-- apps:begin -->\n<!-- apps:end -->', { apps: 'a\nb' });
  expect(partOf(page, 'apps')).toBe('a\nb');
});

test.each([
  ['Bundling…\n\u001b[31mError: Cannot find module \'x\'\u001b[39m\n    at f (a.js:1:1)', 'Error: Cannot find module \'x\''],
  ['file.ts:9\n  throw new Error(text);\nError: boom', 'Error: boom'],
  ['npm warn deprecated x: error\none\ntwo', 'two'],
  ['', 'it printed nothing'],
])('the reason is found in a log', (log, reason) => {
  expect(reasonIn(log)).toBe(reason);
});

test('the list of apps: names are there once, and each look-up has a stub', () => {
  const apps = publicApps();
  expect(new Set(apps.map(({ name }) => name)).size).toBe(apps.length);
  for (const { commit, lookups = [] } of apps) {
    expect(commit).toMatch(/^[\da-f]{40}$/);
    lookups.forEach(stubOf);
  }
});

test('a look-up without a stub is named', () => {
  expect(() => stubOf('moon-phase:region=us-east-1')).toThrow('no stub for the look-up moon-phase:region=us-east-1');
  expect(stubOf('availability-zones:account=1:region=eu-west-1')).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
});
