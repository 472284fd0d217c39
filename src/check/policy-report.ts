import { AppExamination, PlacedFinding } from './examine-app';
import { IConstruct, PolicyValidationPluginReport, PolicyViolation } from '../cdk/cdk';
import { isExemptable } from '../engine/exemptions/exemptions';
import { RuleId, RULES } from '../engine/findings/rules';
import { RefusedCall, registerOf } from '../scopes/guarded';

/** How a plugin calls a rule. */
export type NameOf = (rule: RuleId) => string;

/** What CDK learns of an examination. It never throws: a plugin that throws may end in exit 0, which would be a false all clear. */
export function policyReport(app: IConstruct, nameOf: NameOf, examine: () => AppExamination): PolicyValidationPluginReport {
  try {
    return reportOf(app, nameOf, examine());
  } catch (error) {
    return { success: false, violations: [failure(app, nameOf, (error as Error).message)] };
  }
}

function reportOf(app: IConstruct, nameOf: NameOf, { findings, counts, problems, acknowledged }: AppExamination): PolicyValidationPluginReport {
  const missed = [...registerOf(app)?.missed ?? []].map(stage => missedStage(stage, nameOf));
  const refused = [...registerOf(app)?.refused ?? []].flatMap(([scope, calls]) => calls.map(call => ({ ...call, scope })));
  const unread = problems.length === 0 ? [] : [failure(app, nameOf, problems.map(({ file, message }) => `${file}: ${message}`).join('; '))];
  return {
    success: missed.length === 0 && !refused.some(({ fails }) => fails) && unread.length === 0 && !findings.some(({ fails }) => fails),
    violations: [...missed, ...refused.map(call => refusedCall(call, nameOf)), ...unread, ...group(findings, nameOf, acknowledged)],
    metadata: {
      'examined': String(counts.resources),
      'compliant': String(counts.compliant),
      'violation': String(counts.violation),
      'cannot tell': String(counts.cannotTell),
      'not governed': String(counts.notGoverned),
      'exempt': String(counts.exempt),
      'without a hop limit': String(counts.withoutHopLimit),
    },
  };
}

/** One entry for what is the same about many resources. */
function group(findings: readonly PlacedFinding[], nameOf: NameOf, acknowledged: ReadonlySet<RuleId>): PolicyViolation[] {
  const groups = new Map<string, PolicyViolation>();
  for (const { finding: { rule, path, reason, fix, page, logicalId }, file, resource, fails } of findings) {
    // Older versions of CDK take an acknowledgement of one resource for all, and every version one without a reason, or of what cannot be
    // acknowledged; not of what is fatal.
    const severity = !fails ? 'warning' : acknowledged.has(rule) || !isExemptable(rule) ? 'fatal' : 'error';
    const why = path === '' ? reason : `${path}: ${reason}`;
    const where = file === undefined ? why : `${[logicalId, file].filter(Boolean).join(' in ')}: ${why}`;
    const key = JSON.stringify([rule, where, fix, severity]);
    const known = groups.get(key) ?? { ruleName: nameOf(rule), description: where, fix: `${fix}; ${page}`, severity, violatingResources: [] };
    groups.set(key, { ...known, violatingResources: [...known.violatingResources, resource] });
  }
  return [...groups.values()];
}

/** What is no finding about a template has no reason of its own. */
function violationOf(rule: RuleId, nameOf: NameOf, reason: string, fix: string): PolicyViolation {
  return { ruleName: nameOf(rule), description: `${RULES[rule].about} (${reason})`, fix, severity: 'fatal', violatingResources: [] };
}

function missedStage(stage: IConstruct, nameOf: NameOf): PolicyViolation {
  const fix = 'call ImdsGuard.enforce right after new App()';
  return aboutConstruct(violationOf('stage-synthesized-before-enforce', nameOf, stage.node.path, fix), stage);
}

function refusedCall({ scope, message, fails }: RefusedCall & { readonly scope: IConstruct }, nameOf: NameOf): PolicyViolation {
  const violation = violationOf('exemption-not-allowed', nameOf, message, 'remove the call or what is weaker in it, or agree on what is allowed');
  return aboutConstruct({ ...violation, severity: fails ? 'fatal' : 'warning' }, scope);
}

function failure(app: IConstruct, nameOf: NameOf, why: string): PolicyViolation {
  return aboutConstruct(violationOf('internal-error', nameOf, `not all templates were judged: ${why}`, 'mend what is named, or report it to cdk-imds-guard'), app);
}

function aboutConstruct(violation: PolicyViolation, construct: IConstruct): PolicyViolation {
  return { ...violation, violatingResources: [{ constructPath: construct.node.path, locations: [] }] };
}
