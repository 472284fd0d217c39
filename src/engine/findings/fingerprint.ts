import { Finding } from './finding';
import { hash } from '../text/hash';

/** Where a finding is: what of it stays the same from run to run. */
type Identity = Pick<Finding, 'rule' | 'logicalId' | 'path'>;

interface Place {
  readonly stack: string;

  /** Where a template of no stack is. */
  readonly address?: string;
}

/**
 * Tells findings apart from run to run by rule, template, resource and property; not by line, order, values or words.
 * What these do not tell apart is numbered, in the order of its values and words, so that the order of the template does not count.
 */
export function fingerprintsOf(findings: readonly { readonly finding: Finding; readonly place: Place }[]): string[] {
  const groups = new Map<string, number[]>();
  findings.forEach(({ finding, place }, i) => {
    const fingerprint = fingerprintOf(finding, place.address ?? place.stack);
    const group = groups.get(fingerprint);
    if (group) { group.push(i); } else { groups.set(fingerprint, [i]); }
  });
  const fingerprints: string[] = [];
  for (const [fingerprint, indices] of groups) {
    const order = indices.map(i => ({ i, text: textOf(findings[i].finding) }));
    if (order.length > 1) { order.sort((a, b) => compare(a.text, b.text)); }
    order.forEach(({ i }, at) => { fingerprints[i] = at === 0 ? fingerprint : `${fingerprint}-${at + 1}`; });
  }
  return fingerprints;
}

/** `template`: the stack, or the address of a template that belongs to none. */
export function fingerprintOf({ rule, logicalId, path }: Identity, template: string): string {
  return hash(JSON.stringify([rule, template, logicalId, path]));
}

/** By code units: the same in every language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function textOf({ values, reason }: Finding): string {
  return JSON.stringify([values, reason]);
}
