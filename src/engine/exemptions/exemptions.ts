import { isDay } from './calendar';
import { RuleId, RULE_IDS } from '../findings/rules';
import { isObject, JsonObject } from '../json/json';
import { shown } from '../judge/judge-context';
import { nearest } from '../text/did-you-mean';

/** Leave to break a rule: why, who answers for it, and until when. */
export interface Exemption {
  readonly reason: string;
  readonly owner: string;

  /** `YYYY-MM-DD`, inclusive, UTC. */
  readonly until: string;

  /** Ids of the rules that it covers; absent: every rule about a resource. */
  readonly allow?: readonly string[];
}

/** An exemption as a template carries it, which may be anything. */
export interface CarriedExemption extends Partial<Exemption> {
  readonly reason: string;

  /** The path of the construct that was exempted. */
  readonly scope?: string;

  /** Paths of the constructs whose exemptions apply too, but are further away. */
  readonly overlaps?: readonly string[];

  /** Why it was not allowed when the template was made. */
  readonly notAllowed?: string;

  /** What is wrong with it. */
  readonly problem?: string;
}

/** Where a resource's `Metadata` carries its exemption. */
export const EXEMPTION_KEY = 'cdk-imds-guard:exemption';

const ABOUT_THE_GUARD: readonly RuleId[] = ['internal-error', 'not-guarded', 'stage-synthesized-before-enforce', 'weaker-inside'];

/** Rules about a resource. Those about exemptions, about the check itself and about the guard cannot be exempted. */
export const EXEMPTABLE: readonly RuleId[] = RULE_IDS.filter(id => !/^(exemption|acknowledgement)-/.test(id) && !ABOUT_THE_GUARD.includes(id));

export function isExemptable(rule: string): rule is RuleId {
  return (EXEMPTABLE as readonly string[]).includes(rule);
}

/** Whether an exemption covers a rule. */
export function covers({ allow }: Pick<Exemption, 'allow'>, rule: string): boolean {
  return isExemptable(rule) && (allow?.includes(rule) ?? true);
}

/** What is wrong with an exemption and what to do about it, if anything is. */
export function problemWith({ reason, owner, until, allow }: { readonly [name in keyof Exemption]?: unknown }): string | undefined {
  if (!isText(reason)) { return `'reason' must say why IMDSv1 is needed, got ${shown(reason)}`; }
  if (!isText(owner)) { return `'owner' must name who answers for the exemption, got ${shown(owner)}`; }
  if (!isDay(until)) { return `'until' must be a day that exists, written as YYYY-MM-DD, got ${shown(until)}`; }
  if (allow === undefined) { return undefined; }
  if (!Array.isArray(allow) || allow.length === 0) {
    return `'allow' must list at least one rule id, or be left out for every rule, got ${shown(allow)}`;
  }
  const unknown: unknown = allow.find(each => typeof each !== 'string' || !isExemptable(each));
  return unknown === undefined ? undefined : `'allow' takes ids of rules about a resource, got ${shown(unknown)}; ${suggestion(String(unknown))}`;
}

function suggestion(id: string): string {
  const meant = nearest(id, EXEMPTABLE);
  return meant === undefined ? `there are ${EXEMPTABLE.join(', ')}` : `did you mean ${shown(meant)}?`;
}

/** The exemption that a resource of a template carries, if it does. */
export function exemptionOn(resource: unknown): CarriedExemption | undefined {
  const metadata = isObject(resource) ? resource.Metadata : undefined;
  if (!isObject(metadata) || !Object.hasOwn(metadata, EXEMPTION_KEY)) { return undefined; }
  const carried = metadata[EXEMPTION_KEY];
  return isObject(carried) ? carriedIn(carried) : { reason: '', problem: `an object was expected, got ${shown(carried)}` };
}

function carriedIn(carried: JsonObject): CarriedExemption {
  const { reason, owner, until, allow, scope, overlaps, notAllowed } = carried;
  return {
    reason: isText(reason) ? reason : '',
    ...isText(owner) && { owner },
    ...isText(until) && { until },
    ...Array.isArray(allow) && { allow: allow.map(String) },
    ...isText(scope) && { scope },
    ...Array.isArray(overlaps) && { overlaps: overlaps.map(String) },
    ...isText(notAllowed) && { notAllowed },
    ...{ problem: problemWith(carried) },
  };
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
