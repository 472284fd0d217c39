import { Acknowledgement, ACKNOWLEDGEMENT_KEYS, acknowledgementsOn, isWithin } from './acknowledgements';
import { FileExemption, isAboutResource, isAboutTemplate } from './exemption-file';
import { acknowledgementGrant, carriedGrant, fileGrant, Grant, Resource, ruleIdOf } from './exemption-grant';
import { ExemptionPolicy } from './exemption-policy';
import { EXEMPTION_KEY, exemptionOn } from './exemptions';
import type { JudgedTemplate, ReportInput } from './report-input';
import { ExaminedResource, Finding } from '../findings/finding';
import { isObject } from '../json/json';
import { constructPathOf } from '../judge/judge-context';
import { loopPlaceOf } from '../templates/loop-places';

/** A resource with what decides about its exemptions. */
interface Subject {
  readonly resource: Resource;

  /** As the template has it. */
  readonly own: unknown;

  /** Where CDK has it, or at least its stack. */
  readonly path: string;

  /** What was found about it. */
  readonly rules: ReadonlySet<string>;
  readonly policy: ExemptionPolicy;
  readonly date: string;
}

/** Everything that exempts something of a template, by logical id; the nearest first. */
export function grantsIn(template: JudgedTemplate, input: ReportInput): ReadonlyMap<string, readonly Grant[]> {
  const files = (input.fileExemptions ?? []).filter(each => isAboutTemplate(each, template));
  const { acknowledgements = [], judgement } = template;
  const carries = ({ logicalId }: Resource): boolean => carriesExemption(resourceIn(template, logicalId));
  const isAny = files.length > 0 || acknowledgements.length > 0 || judgement.resources.some(carries) || judgement.findings.some(carries);
  const grants = new Map<string, readonly Grant[]>();
  for (const each of isAny ? foundIn(template) : []) {
    const subject = subjectOf(each, template, input);
    const applying = [...carried(subject), ...fromFiles(subject, files, template), ...acknowledged(subject, acknowledgements)];
    if (applying.length > 0) { grants.set(subject.resource.logicalId, applying); }
  }
  return grants;
}

const KEYS = [EXEMPTION_KEY, ...ACKNOWLEDGEMENT_KEYS];

function carriesExemption(resource: unknown): boolean {
  const metadata = isObject(resource) ? resource.Metadata : undefined;
  return isObject(metadata) && KEYS.some(key => metadata[key] !== undefined);
}

function subjectOf([found, rules]: [Resource, ReadonlySet<string>], template: JudgedTemplate, input: ReportInput): Subject {
  const { logicalId, type, constructPath: told } = found;
  const own = resourceIn(template, logicalId);
  const constructPath = told ?? template.constructPaths?.get(logicalId) ?? constructPathOf(own);
  return {
    resource: { logicalId, type, constructPath },
    own,
    path: constructPath ?? template.stack, // in a cloud assembly the name of a stack is its path
    rules,
    policy: policyFor(template, logicalId, input),
    date: input.date,
  };
}

/** What launches instances, and anything else that something was found about, with the rules. */
function foundIn({ judgement }: JudgedTemplate): Iterable<[Resource, ReadonlySet<string>]> {
  const all = new Map<string, [Resource, Set<string>]>();
  for (const each of [...judgement.resources, ...judgement.findings] as readonly (ExaminedResource | Finding)[]) {
    const known = all.get(each.logicalId) ?? [each, new Set()];
    if ('rule' in each) { known[1].add(each.rule); }
    all.set(each.logicalId, known);
  }
  return all.values();
}

function carried(subject: Subject): Grant[] {
  const exemption = exemptionOn(subject.own);
  return exemption ? [carriedGrant(exemption, subject.resource, subject)] : [];
}

/** Whoever exempts a loop exempts what it makes. */
function fromFiles(subject: Subject, files: readonly FileExemption[], { source }: JudgedTemplate): Grant[] {
  const { logicalId } = subject.resource;
  const { Resources: resources } = files.length > 0 && isObject(source.template) ? source.template : {};
  const loops = loopPlaceOf(resources, logicalId)?.loops ?? [];
  const about = files.filter(each => [logicalId, ...loops].some(name => isAboutResource(each, name)));
  return about.map(each => fileGrant(each, subject.resource, subject));
}

/** An acknowledgement is of one rule, so it applies where that was found. What a resource carries itself is never lost. */
function acknowledged({ resource, own, path, rules, policy }: Subject, acknowledgements: readonly Acknowledgement[]): Grant[] {
  const carriedToo = acknowledgementsOn(own, resource.logicalId, path);
  const applying = acknowledgements.filter(each => rules.has(ruleIdOf(each)) && isWithin(path, each.scope)).map(each => refusedAs(each, carriedToo));
  const known = new Set(applying.map(keyOf));
  return [...applying, ...carriedToo.filter(each => !known.has(keyOf(each)))].map(each => acknowledgementGrant(each, resource, policy));
}

/** Only what the resource carries tells that the app did not allow it: CDK, which keeps the same beside the template, knows no such thing. */
function refusedAs(each: Acknowledgement, carriedToo: readonly Acknowledgement[]): Acknowledgement {
  const refused = carriedToo.find(other => other.notAllowed !== undefined && keyOf(other) === keyOf(each));
  return refused ? { ...each, notAllowed: refused.notAllowed } : each;
}

/** The same acknowledgement may be known from the assembly, from the template and from cdk-nag. */
function keyOf(each: Acknowledgement): string {
  return JSON.stringify([ruleIdOf(each), each.reason]);
}

function resourceIn({ source, judgement }: JudgedTemplate, logicalId: string): unknown {
  const resources = judgement.expanded ?? (isObject(source.template) ? source.template.Resources : undefined);
  return isObject(resources) && Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
}

export function policyFor(template: JudgedTemplate, logicalId: string, input: ReportInput): ExemptionPolicy {
  return template.policyOf?.(logicalId) ?? input.policy ?? {};
}
