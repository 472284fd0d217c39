import { ExemptionPolicy } from './exemption-policy';
import { Standing } from './exemption-standing';
import { EXEMPTABLE, isExemptable, isText } from './exemptions';
import { MESSAGES } from './messages';
import { RuleId, RULES } from '../findings/rules';
import { isObject } from '../json/json';
import { nearest } from '../text/did-you-mean';

/** A CDK acknowledgement (`Validations.of(x).acknowledge`) of one of these rules, or what was meant as one. */
export interface Acknowledgement {
  /** As CDK keeps it. */
  readonly id: string;
  readonly reason: string;

  /** The path of the construct that it was made on. It holds for everything below. */
  readonly scope: string;

  /** The resource of the template that carries it, if one does: it is known to hold for this one. */
  readonly logicalId?: string;

  /** Why it was not allowed when the template was made. */
  readonly notAllowed?: string;
}

/** The type of the entry in a construct's metadata, as in an assembly's. */
export const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';

/** Where a resource's `Metadata` carries its acknowledgements. */
export const ACKNOWLEDGEMENTS_KEY = 'cdk-imds-guard:acknowledgements';
const NAG_KEY = 'cdk_nag';
export const ACKNOWLEDGEMENT_KEYS = [ACKNOWLEDGEMENTS_KEY, ACKNOWLEDGED, NAG_KEY];

/** `<plugin name>::<rule>` of the validation plugin and of the cdk-nag pack, whose rules are called `<pack>-<rule>` besides. */
const OWN_ID = /^(?:cdk-imds-guard::|ImdsChecks::(?:ImdsChecks-)?|[Aa]nnotation::ImdsChecks-)(.*)$/;

/** The same, not quite right, or the name of the package in Python: CDK matches letter by letter. */
const ALMOST_OWN_ID = /^(?:cdk[-_]?)?imds[-_]?(?:guard|checks|validator)::(.*)$/i;

/** What CDK makes of an id without `::`: one of an annotation. The spelling has changed. */
const ANNOTATION_ID = /^annotation::(?:(cdk-imds-guard):)?(.*)$/i;

/** Ids that nobody else is likely to have, should the prefix be missing. */
const UNMISTAKABLE = /^(imds|hop-limit|uncontrolled|undecided)/;

/** The rule that an id stands for; `mistaken` where there is no such rule; undefined where the id is somebody else's. */
export function ruleOf(id: string): { readonly rule: RuleId } | { readonly mistaken: true; readonly meant?: string } | undefined {
  const own = OWN_ID.exec(id)?.[1];
  if (own !== undefined) { return isExemptable(own) ? { rule: own } : { mistaken: true, meant: named(nearest(own, EXEMPTABLE)) }; }
  const almost = ALMOST_OWN_ID.exec(id)?.[1];
  if (almost !== undefined) { return { mistaken: true, meant: named(nearest(almost, EXEMPTABLE)) }; }
  const [, prefix, name] = ANNOTATION_ID.exec(id) ?? [];
  if (name === undefined) { return undefined; }
  if (isOfMessage({ id })) { return isExemptable(name) ? { rule: name } : undefined; }
  if (prefix) { return { mistaken: true, meant: named(nearest(name, EXEMPTABLE)) }; }
  return isExemptable(name) && UNMISTAKABLE.test(name) ? { mistaken: true, meant: named(name) } : undefined;
}

/** The rule that an id of ours names, where there is one that cannot be acknowledged, such as those about exemptions themselves. */
function fixedRuleOf(id: string): string | undefined {
  const rule = OWN_ID.exec(id)?.[1] ?? ALMOST_OWN_ID.exec(id)?.[1];
  return rule !== undefined && Object.hasOwn(RULES, rule) && !isExemptable(rule) ? rule : undefined;
}

function aboutFixedRule(what: string, rule: string): { readonly reason: string; readonly fix: string } {
  return {
    reason: `${what} names a rule that there is, but that cannot be acknowledged, so it has no effect`,
    fix: `remove the acknowledgement, and do what imds-guard explain ${rule} says`,
  };
}

/** Whether an id is one of what enforcement tells, which the check may not find. */
export function isOfMessage({ id }: Pick<Acknowledgement, 'id'>): boolean {
  const [, prefix, name = ''] = ANNOTATION_ID.exec(id) ?? [];
  return prefix !== undefined && Object.hasOwn(MESSAGES, name);
}

function named(rule: string | undefined): string | undefined {
  return rule && `cdk-imds-guard::${rule}`;
}

/**
 * The acknowledgements in the metadata of a stack: lists of entries by construct path, as in a cloud assembly
 * (in the manifest, or in the file that the stack's `additionalMetadataFile` names). Those of an App or a Stage are not there.
 */
export function acknowledgementsIn(metadata: Iterable<readonly [path: string, entries: unknown]>): Acknowledgement[] {
  return [...metadata].flatMap(([path, entries]) => Array.isArray(entries) ? acknowledgementsAmong(entries, path.replace(/^\//, '')) : []);
}

/** Asked first, since the path of a construct takes longer to make than this to find out. */
export function hasAcknowledgement(entries: readonly { readonly type: string }[]): boolean {
  return entries.some(({ type }) => type === ACKNOWLEDGED);
}

/** The acknowledgements among the metadata entries of one construct. */
export function acknowledgementsAmong(entries: readonly unknown[], scope: string): Acknowledgement[] {
  return entries.flatMap(entry => isObject(entry) && entry.type === ACKNOWLEDGED ? reasonsIn(entry.data) : []).flatMap(each => taken(each, scope));
}

/**
 * The acknowledgements that a resource of a template carries: what this library writes, what cdk-nag writes where it is asked to,
 * and reasons by rule as CDK keeps them.
 *
 * @param path of the construct, where it is known
 */
export function acknowledgementsOn(resource: unknown, logicalId: string, path: string): Acknowledgement[] {
  const metadata = isObject(resource) ? resource.Metadata : undefined;
  if (!isObject(metadata)) { return []; }
  const nag = metadata[NAG_KEY];
  const lists = [metadata[ACKNOWLEDGEMENTS_KEY], isObject(nag) ? nag.rules_to_suppress : undefined];
  const carried = [...lists.flatMap((each): unknown[] => Array.isArray(each) ? each : []), ...reasonsIn(metadata[ACKNOWLEDGED])];
  return carried.flatMap(each => taken(each, path, logicalId));
}

function reasonsIn(data: unknown): object[] {
  return isObject(data) ? Object.entries(data).map(([id, reason]) => ({ id, reason })) : [];
}

/** An acknowledgement, if it is one and not somebody else's. */
function taken(each: unknown, path: string, logicalId?: string): Acknowledgement[] {
  if (!isObject(each) || typeof each.id !== 'string') { return []; }
  const { reason, scope, notAllowed } = each;
  const id = each.id.includes('::') ? each.id : `annotation::${each.id}`; // cdk-nag drops the prefix
  return ruleOf(id) ? [{
    id,
    reason: isText(reason) ? reason : '',
    scope: typeof scope === 'string' ? scope : path, // that of the app is empty
    ...logicalId !== undefined && { logicalId },
    ...isText(notAllowed) && { notAllowed },
  }] : [];
}

export const ACKNOWLEDGEMENTS_FORBIDDEN = 'acknowledgements are forbidden here';

/** What users know an acknowledgement by. */
export function nameOf({ id, scope }: Acknowledgement): string {
  return `${id} on ${scope === '' ? 'the app' : scope}`;
}

/** What an acknowledgement is worth. */
export function standingOfAcknowledgement(each: Acknowledgement, { forbidAcknowledgements }: ExemptionPolicy): Standing {
  const { id, reason, notAllowed } = each;
  const found = ruleOf(id);
  const what = nameOf(each);
  if (!found || 'mistaken' in found) {
    const fixed = fixedRuleOf(id);
    if (fixed !== undefined) { return { state: 'invalid', notice: { rule: 'acknowledgement-unknown-rule', ...aboutFixedRule(what, fixed) } }; }
    const fix = found?.meant ? `write ${found.meant}` : `write one of ${EXEMPTABLE.map(rule => `cdk-imds-guard::${rule}`).join(', ')}`;
    return { state: 'invalid', notice: { rule: 'acknowledgement-unknown-rule', reason: `${what} is no rule that can be acknowledged, so it has no effect`, fix } };
  }
  if (!isText(reason)) {
    return { state: 'invalid', notice: { rule: 'acknowledgement-without-reason', reason: `${what} is acknowledged without a reason`, fix: 'give the reason' } };
  }
  const why = forbidAcknowledgements ? ACKNOWLEDGEMENTS_FORBIDDEN : notAllowed;
  if (why !== undefined) {
    const fix = 'require IMDSv2 and remove the acknowledgement, or use an ImdsExemption, which has an owner and an end date';
    return { state: 'not allowed', notice: { rule: 'acknowledgement-not-allowed', reason: `${what} is acknowledged, but ${why}`, fix } };
  }
  return { state: 'active' };
}

/** Whether a path is that of a construct or of one below it. */
export function isWithin(path: string, scope: string): boolean {
  return scope === '' || path === scope || path.startsWith(`${scope}/`);
}
