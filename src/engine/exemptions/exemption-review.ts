import { isAboutTemplate } from './exemption-file';
import { exemptionFinding, reportedExemption } from './exemption-findings';
import { acknowledgementGrant, fileGrant, Grant } from './exemption-grant';
import { grantsIn, policyFor } from './exemption-grants';
import { isInForce, Notice, overlap, Standing, unused } from './exemption-standing';
import { covers, EXEMPTABLE, isExemptable } from './exemptions';
import { exemptionsElsewhere } from './exemptions-outside';
import type { JudgedTemplate, ReportInput } from './report-input';
import { Finding } from '../findings/finding';
import { ReportedExemption } from '../findings/report';

/** A finding and the template, or the file of exemptions, that it is about. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly place: Place;

  /** Where it is to be mended, if not there. */
  readonly at?: Grant['at'];
}

/** Where an exemption is listed, and for which resource. */
interface Listed {
  readonly grant: Grant;
  readonly place: Place;
}

type Place = JudgedTemplate | { readonly file: string; readonly stack: string };

/** What the exemptions and acknowledgements of all templates come to. */
export interface Review {
  readonly exemptions: readonly ReportedExemption[];

  /** What there is to tell about them. */
  readonly findings: readonly PlacedFinding[];
  isExempt(finding: Finding, template: JudgedTemplate): boolean;
}

/** Holds every exemption against the findings, so that it is known which are in force and which nobody needs. */
export function reviewExemptions(input: ReportInput): Review {
  const grants = new Map(input.templates.map(template => [template, grantsIn(template, input)]));
  const covering = (finding: Finding, template: JudgedTemplate): Grant[] => (
    grants.get(template)?.get(finding.logicalId)?.filter(each => covers(each, finding.rule)) ?? []
  );
  const needed = new Set<Grant>();
  for (const [template, { size }] of grants) {
    if (size > 0) { template.judgement.findings.forEach(finding => covering(finding, template).forEach(each => needed.add(each))); }
  }
  takenOver(grants).forEach(each => needed.add(each));
  const used = new Set([...needed].map(({ group }) => group));
  const told = new Set<string>();
  const exemptions: ReportedExemption[] = [];
  const findings: PlacedFinding[] = [];
  for (const { grant, place } of listed(grants, needed, used, input)) {
    const { standing, source, group } = grant;
    const now = isInForce(standing) && !used.has(group) ? unusedBeside(grant, place) : standing;
    exemptions.push(reportedExemption(grant, now, place));
    // an exemption is reported at every resource, an acknowledgement once
    const isTold = source === 'acknowledgement' && told.has(group);
    if (now.notice && !isTold) { findings.push({ finding: exemptionFinding(grant, now.notice), place, at: grant.at }); }
    told.add(group);
  }
  for (const [place, found] of grants) {
    [...found.values()].flatMap(overlapAmong).forEach(([grant, notice]) => {
      findings.push({ finding: exemptionFinding(grant, notice), place, at: grant.at });
    });
  }
  findings.push(...exemptionsElsewhere(input.fileExemptions ?? [], input.templates));
  return { exemptions, findings, isExempt: (finding, template) => covering(finding, template).some(({ standing }) => isInForce(standing)) };
}

/** Names what was found where the exemption is, but is of another rule: that is most likely what it was meant for. */
function unusedBeside({ standing, source, name, resource, allow }: Grant, place: Place): Standing {
  if (source === 'acknowledgement') { return unused(standing, name); }
  const found = 'judgement' in place ? place.judgement.findings : [];
  const others = found.filter(({ logicalId, verdict, rule }) => logicalId === resource.logicalId && verdict !== 'advice' && isExemptable(rule));
  return unused(standing, 'the exemption', allow, [...new Set(others.map(({ rule }) => rule))]);
}

/**
 * Exemptions of resources about which nothing was found, but that are no better than what they launch from, where the finding is.
 *
 * Enforcement leaves such a resource alone because of its exemption, so it is of use.
 */
function takenOver(grants: Grants): Grant[] {
  const rules = [...new Set([...grants.keys()].flatMap(({ judgement }) => judgement.findings.map(({ rule }) => rule)))];
  return [...grants].filter(([, { size }]) => size > 0).flatMap(([{ judgement: { findings, resources } }, found]) => {
    const own = new Set(findings.map(({ logicalId }) => logicalId));
    const others = resources.filter(({ logicalId, verdict }) => verdict === 'violation' && !own.has(logicalId));
    return others.flatMap(({ logicalId }) => found.get(logicalId) ?? [])
      .filter(each => each.source !== 'acknowledgement' && rules.some(rule => covers(each, rule)));
  });
}

type Grants = ReadonlyMap<JudgedTemplate, ReadonlyMap<string, readonly Grant[]>>;

/** An acknowledgement is of a rule: where that was not found it is listed only if it was found nowhere, and then once. */
function listed(grants: Grants, needed: ReadonlySet<Grant>, used: ReadonlySet<string>, input: ReportInput): Listed[] {
  const once = new Set<string>();
  const isListed = (grant: Grant): boolean => {
    if (grant.source !== 'acknowledgement' || needed.has(grant)) { return true; }
    if (grant.isOfMessage || used.has(grant.group) || once.has(grant.group)) { return false; }
    once.add(grant.group);
    return true;
  };
  const inTemplates = [...grants].flatMap(([place, found]) => [...[...found.values()].flat(), ...unmetAcknowledgements(place, input)]
    .filter(isListed)
    .map(grant => ({ grant, place })));
  const met = new Set(inTemplates.map(({ grant }) => grant.group));
  return [...inTemplates, ...unmetInFiles(input).filter(({ grant }) => !met.has(grant.group))];
}

/** Those that are known from beside the template, as if they applied to nothing. */
function unmetAcknowledgements(template: JudgedTemplate, input: ReportInput): Grant[] {
  return (template.acknowledgements ?? []).map(each => (
    acknowledgementGrant(each, { logicalId: '', type: '', constructPath: each.scope }, policyFor(template, '', input))
  ));
}

/** Exemptions of a file about templates that were examined, as if they applied to nothing. Of others nothing is known. */
function unmetInFiles({ fileExemptions = [], templates, date }: ReportInput): Listed[] {
  return fileExemptions.filter(each => templates.some(template => isAboutTemplate(each, template))).map(each => ({
    grant: fileGrant(each, { logicalId: each.logicalId, type: '' }, { policy: {}, date }),
    place: { file: each.from, stack: each.from },
  }));
}

/** Of exemptions that cover the same rules of a resource the first counts. */
function overlapAmong(grants: readonly Grant[]): [Grant, Notice][] {
  const [nearest, ...others] = grants.filter(({ source }) => source !== 'acknowledgement');
  if (!nearest) { return []; }
  const names = [...nearest.overlaps, ...others.filter(each => isAlike(nearest, each)).map(({ name }) => name)];
  return names.length > 0 ? [[nearest, overlap(nearest.name, names)]] : [];
}

function isAlike(one: Grant, other: Grant): boolean {
  return EXEMPTABLE.some(rule => covers(one, rule) && covers(other, rule));
}
