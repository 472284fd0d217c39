import { Acknowledgement, isOfMessage, nameOf, ruleOf, standingOfAcknowledgement } from './acknowledgements';
import { FileExemption } from './exemption-file';
import { ExemptionPolicy } from './exemption-policy';
import { Standing, standingOf } from './exemption-standing';
import { CarriedExemption, EXEMPTION_KEY } from './exemptions';
import { Finding } from '../findings/finding';
import { ReportedExemption } from '../findings/report';

/** An exemption, or an acknowledgement, as it applies to one resource. */
export interface Grant {
  readonly source: ReportedExemption['source'];
  readonly resource: Resource;
  readonly reason: string;
  readonly owner?: string;
  readonly until?: string;

  /** Ids of the rules that it covers; absent: every rule about a resource. */
  readonly allow?: readonly string[];
  readonly standing: Standing;

  /** Where it is, below the resource; empty where it is not in the template. */
  readonly path: string;

  /** Of an exemption from a file: where that is, and where it stands in there. */
  readonly at?: { readonly file: string; readonly line?: number; readonly column?: number };

  /** What users know it by. */
  readonly name: string;

  /** The same for every resource that one exemption applies to. */
  readonly group: string;

  /** Names of others that would apply, were this one not nearer. */
  readonly overlaps: readonly string[];

  /** Whether it may be needed although nothing that it covers was found. */
  readonly isOfMessage?: boolean;
}

/** A resource that something was found about, or the template as a whole. */
export type Resource = Pick<Finding, 'logicalId' | 'type' | 'constructPath'>;

/** What an exemption is held against. */
interface Terms {
  readonly policy: ExemptionPolicy;

  /** The day of the check. */
  readonly date: string;
}

export function carriedGrant(exemption: CarriedExemption, resource: Resource, { date, policy }: Terms): Grant {
  const { reason, owner, until, allow, scope = resource.logicalId, overlaps = [] } = exemption;
  const standing = standingOf(exemption, date, policy);
  const group = JSON.stringify([scope, reason, owner, until, allow]);
  return { source: 'exemption', resource, reason, owner, until, allow, standing, path: `Metadata.${EXEMPTION_KEY}`, name: scope, group, overlaps };
}

export function fileGrant(exemption: FileExemption, resource: Resource, { date, policy }: Terms): Grant {
  const { at, ...entry } = exemption;
  const { reason, owner, until, allow, logicalId, from } = entry;
  const standing = standingOf(exemption, date, policy);
  return {
    source: 'file',
    resource,
    reason,
    owner,
    until,
    allow,
    standing,
    path: '',
    at: { file: from, ...at },
    name: `${logicalId} in ${from}`,
    group: JSON.stringify(entry),
    overlaps: [],
  };
}

export function acknowledgementGrant(each: Acknowledgement, resource: Resource, policy: ExemptionPolicy): Grant {
  return {
    source: 'acknowledgement',
    resource,
    reason: each.reason,
    allow: [ruleIdOf(each)],
    standing: standingOfAcknowledgement(each, policy),
    path: each.logicalId === undefined ? '' : 'Metadata',
    name: nameOf(each),
    group: JSON.stringify([ruleIdOf(each), each.reason, each.scope]),
    overlaps: [],
    isOfMessage: isOfMessage(each),
  };
}

/** The rule, or the id where it names none. */
export function ruleIdOf({ id }: Acknowledgement): string {
  const found = ruleOf(id);
  return found && 'rule' in found ? found.rule : id;
}
