import { isBaselinable } from './baseline';
import { fixInCdk } from './fix-in-cdk';
import { fixedByEnforcing } from './fixed-by-enforcing';
import { PlacedFinding, reviewExemptions } from '../exemptions/exemption-review';
import type { JudgedTemplate, Position, ReportInput } from '../exemptions/report-input';
import { ExaminedResource, Finding, Verdict } from '../findings/finding';
import { fingerprintsOf } from '../findings/fingerprint';
import { CannotTell, Counts, ExaminedTemplate, Report, ReportedFinding } from '../findings/report';
import { isObject } from '../json/json';
import { loopPlaceOf } from '../templates/loop-places';

/** Turns judgements into what users see: what fails, what is exempt, what was known before, and the exit code. */
export function buildReport(input: ReportInput): Report {
  const review = reviewExemptions(input);
  const own = input.templates.flatMap(place => (
    place.judgement.findings.map(finding => ({ finding, place, isExempt: review.isExempt(finding, place) }))
  ));
  const all = [...own, ...[...review.findings, ...input.others ?? []].map(each => ({ ...each, isExempt: false }))];
  const fingerprints = fingerprintsOf(all);
  const reportable = all.map(({ isExempt, ...placed }, i) => reported(placed, { fingerprint: fingerprints[i], isExempt, input }));
  const findings = reportable.filter(each => !isCountedOnly(each) && (each.verdict !== 'cannot tell' || input.cannotTell !== 'ignore'));
  const templates = input.templates.map(examined);
  const enforcing = enforcingOf(input, all, reportable);
  const counts = countsOf(templates, findings, reportable.filter(isCountedOnly));
  return {
    schemaVersion: 1,
    tool: { name: 'imds-guard', version: input.version },
    ...input.name !== undefined && { name: input.name },
    date: input.date,
    templates,
    findings,
    exemptions: review.exemptions,
    problems: input.problems,
    ...input.notes && input.notes.length > 0 && { notes: input.notes },
    ...input.parameters && input.parameters.length > 0 && { parameters: input.parameters },
    ...input.passedOver && (input.passedOver.count > 0 || input.passedOver.excluded) && { passedOver: input.passedOver },
    counts,
    ...enforcing && { enforcing },
    cannotTell: input.cannotTell,
    ...input.settings && { settings: input.settings },
    exitCode: exitCodeOf(input, counts),
  };
}

/** What one call in the app would fix, of what is new and listed. */
function enforcingOf({ templates, enforceCall, cannotTell }: ReportInput, all: readonly PlacedFinding[], shown: readonly ReportedFinding[]): Report['enforcing'] {
  if (!enforceCall) { return undefined; }
  const isListed = (each: ReportedFinding): boolean => each.status === 'new' && (each.verdict !== 'cannot tell' || cannotTell !== 'ignore');
  const listed = new Set(all.filter((_, i) => isListed(shown[i]) && shown[i].constructPath !== undefined).map(({ finding }) => finding));
  const fixed = templates.filter(each => each.isUnguarded && each.judgement.findings.some(finding => listed.has(finding)))
    .flatMap(({ source, judgement }) => [...fixedByEnforcing(source.template, judgement)].filter(finding => listed.has(finding)));
  return fixed.length === 0 ? undefined : { call: enforceCall(), findings: fixed.length };
}

/** Without a maximum a missing hop limit is common, seldom wrong and nothing to decide about: one number says it all. */
function isCountedOnly({ rule, verdict }: Finding): boolean {
  return rule === 'hop-limit-not-set' && verdict === 'advice';
}

/** Nothing read is nothing known, so that is no success either, unless it was asked for. */
function exitCodeOf({ problems, templates, mayBeEmpty }: ReportInput, { newErrors }: Counts): 0 | 1 | 2 {
  if (problems.length > 0 || (templates.length === 0 && !mayBeEmpty)) { return 2; }
  return newErrors > 0 ? 1 : 0;
}

function examined({ file, stack, judgement, constructPaths }: JudgedTemplate): ExaminedTemplate {
  return { file, stack, resources: judgement.resources.map(each => withConstructPath(each, constructPaths)) };
}

function withConstructPath<T extends Finding | ExaminedResource>(each: T, paths: JudgedTemplate['constructPaths']): T {
  const constructPath = each.constructPath ?? paths?.get(each.logicalId);
  return constructPath === each.constructPath ? each : { ...each, constructPath };
}

interface Known {
  readonly fingerprint: string;
  readonly isExempt: boolean;
  readonly input: ReportInput;
}

function reported({ finding, place, at }: PlacedFinding, { fingerprint, isExempt, input }: Known): ReportedFinding {
  const isKnown = isBaselinable(finding.rule) && input.baseline?.has(fingerprint);
  const source = finding.logicalId === '' || isCountedOnly(finding) ? undefined : input.sourceOf?.(place.file, finding.logicalId);
  const { remedy, ...found } = withConstructPath(finding, 'constructPaths' in place ? place.constructPaths : undefined);
  return {
    ...found,
    fix: fixOf(found, remedy, place),
    fingerprint,
    file: place.file,
    stack: place.stack,
    ...at ?? ('source' in place && positionOf(finding, place, input.locate)),
    ...source && { source },
    level: levelOf(finding, input.cannotTell),
    status: isExempt ? 'exempt' : isKnown ? 'baseline' : 'new',
  };
}

/** Who made the resource with CDK reads what to change in the code. What CDK took from a file is changed there. */
function fixOf({ fix, constructPath, logicalId }: Omit<Finding, 'remedy'>, remedy: Finding['remedy'], { stack, ...place }: PlacedFinding['place']): string {
  const from = remedy && 'includedFrom' in place ? place.includedFrom?.(logicalId) : undefined;
  if (from !== undefined) { return `${fix} at ${from}`; }
  return (remedy && constructPath !== undefined ? fixInCdk(remedy, { constructPath, logicalId, stack }) : undefined) ?? fix;
}

/** A missing hop limit is seldom wrong, and a weaker call that counts was allowed, so they ask for no decision. */
function levelOf({ verdict, rule }: Finding, cannotTell: CannotTell): ReportedFinding['level'] {
  if (verdict === 'violation' || (verdict === 'cannot tell' && cannotTell === 'fail')) { return 'error'; }
  return rule === 'hop-limit-not-set' || rule === 'weaker-inside' ? 'note' : 'warning';
}

/** Findings about resources have their path below the resource, which may stand in a loop; those about the template from its root. */
function positionOf({ logicalId, path }: Finding, { file, source }: JudgedTemplate, locate: ReportInput['locate']): Position | undefined {
  if (!locate) { return undefined; }
  const { Resources: resources } = isObject(source.template) ? source.template : {};
  const resource = isObject(resources) && Object.hasOwn(resources, logicalId) ? [logicalId] : loopPlaceOf(resources, logicalId)?.path;
  const keys = path === '' ? [] : path.split('.');
  return locate(file, resource ? ['Resources', ...resource, ...keys] : keys);
}

function countsOf(templates: readonly ExaminedTemplate[], findings: readonly ReportedFinding[], withoutHopLimit: readonly ReportedFinding[]): Counts {
  const resources = templates.flatMap(each => each.resources);
  const judged = (verdict: Verdict): number => resources.filter(each => each.verdict === verdict).length;
  const withStatus = (status: ReportedFinding['status'], level?: ReportedFinding['level']): number => (
    findings.filter(each => each.status === status && (level ?? each.level) === each.level).length
  );
  return {
    templates: templates.length,
    resources: resources.length,
    compliant: judged('compliant'),
    violation: judged('violation'),
    cannotTell: judged('cannot tell'),
    notGoverned: judged('not governed'),
    newErrors: withStatus('new', 'error'),
    newWarnings: withStatus('new', 'warning'),
    newNotes: withStatus('new', 'note'),
    exempt: withStatus('exempt'),
    baseline: withStatus('baseline'),
    withoutHopLimit: new Set(withoutHopLimit.filter(each => each.status === 'new').map(({ file, logicalId }) => JSON.stringify([file, logicalId]))).size,
  };
}
