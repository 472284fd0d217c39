import { Exemption } from '../engine/exemptions/exemptions';

/** What an organization says for some of its apps, stacks or accounts: a ring of a rollout, or an exemption. */
export interface EnforceOverride {
  /** Globs, of the end of the folder in which the app is started. Absent: every app. */
  readonly apps?: readonly string[];

  /** Globs, of the names and construct paths of stacks. Absent: every stack. */
  readonly stacks?: readonly string[];

  /** Account ids. Absent: every account. */
  readonly accounts?: readonly string[];
  readonly mode?: 'enforce' | 'observe';

  /** Rules that do not count there; every rule where the list is empty. */
  readonly exempt?: readonly string[];
  readonly reason?: string;
  readonly owner?: string;

  /** The last day, `YYYY-MM-DD`, UTC. */
  readonly until?: string;
}

/** What an override exempts from, as an exemption that an app could have. */
export function exemptionOf({ reason, owner, until, exempt = [] }: EnforceOverride): Exemption {
  return { reason: reason!, owner: owner!, until: until!, ...exempt.length > 0 && { allow: exempt } };
}
