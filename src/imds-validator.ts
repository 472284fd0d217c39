import { readFileSync } from 'fs';
import { join } from 'path';
import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { choiceFor } from './choice';
import { guardedOf, registerOf } from './guarded';
import { launchResourcesIn } from './launch-resources';
import { Finding, judge, Verdict } from './private/judge';
import { RULES, RuleId } from './private/rules';

/**
 * A CDK validation plugin: judges the finished templates, nested stacks and Stages included.
 *
 * `ImdsGuard` registers it. On its own it judges every template of the app; beside `ImdsGuard`, the guarded scopes.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 *
 * @example
 * Validations.of(app).addPlugins(new ImdsValidator());
 */
export class ImdsValidator implements IPolicyValidationPlugin {
  /** The name in CDK's report, and the prefix of rule ids in acknowledgements. */
  public readonly name: string = 'cdk-imds-guard';

  /** The ids of the rules, without the prefix. */
  public readonly ruleIds?: string[] = Object.keys(RULES);

  /** Called by CDK when the templates are written. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    try {
      return report(context.appConstruct);
    } catch (error) {
      // A plugin that throws may end in exit 0, which would be a false all clear.
      const why = `the templates were not judged: ${(error as Error).message}`;
      return { success: false, violations: [aboutConstruct(violationOf('internal-error', why, 'report it to cdk-imds-guard'), context.appConstruct)] };
    }
  }
}

interface Located {
  readonly finding: Finding;
  readonly resource: { resourceLogicalId?: string; constructPath?: string; templatePath: string; locations: string[] };
  readonly fails: boolean;
}

function report(app: IConstruct): PolicyValidationPluginReport {
  const register = registerOf(app);
  const judged = stacksIn(app).filter(stack => !register || guardedOf(stack) || isGuardedInside(stack)).map(judgeStack);
  const located = judged.flatMap(({ findings }) => findings);
  const missed = [...register?.missed ?? []].map(missedStage);
  return {
    success: missed.length === 0 && !located.some(({ fails }) => fails),
    violations: [...missed, ...group(located)],
    metadata: countVerdicts(judged.flatMap(({ verdicts }) => verdicts)),
  };
}

function stacksIn(root: IConstruct): Stack[] {
  return root.node.findAll().filter((each): each is Stack => Stack.isStack(each));
}

function isGuardedInside(stack: Stack): boolean {
  return launchResourcesIn(stack).some(resource => resource.stack === stack && guardedOf(resource));
}

function judgeStack(stack: Stack): { findings: Located[]; verdicts: Verdict[] } {
  const templatePath = join(Stage.of(stack)!.outdir, stack.templateFile);
  const template: unknown = JSON.parse(readFileSync(templatePath, 'utf8'));
  const own = launchResourcesIn(stack).filter(each => each.stack === stack);
  const constructs = new Map(own.map(each => [String(stack.resolve(each.logicalId)), each]));
  const scopeOf = (logicalId: string): IConstruct => constructs.get(logicalId) ?? stack;
  const isRegistered = registerOf(stack) !== undefined;
  const isMeant = (logicalId: string): boolean => !isRegistered || guardedOf(scopeOf(logicalId)) !== undefined;
  const choice = (logicalId: string): ReturnType<typeof choiceFor> => choiceFor(scopeOf(logicalId)) ?? guardedOf(scopeOf(logicalId))?.choice;

  const { findings, verdicts } = judge(template, logicalId => choice(logicalId)?.settings ?? {});
  return {
    verdicts: [...verdicts].filter(([logicalId]) => isMeant(logicalId)).map(([, verdict]) => verdict),
    findings: findings.filter(({ logicalId, type }) => isMeant(logicalId) && !choice(logicalId)?.excludeResourceTypes?.has(type)).map(finding => ({
      finding,
      resource: locate(finding, stack, templatePath, constructs.get(finding.logicalId)),
      fails: finding.verdict === 'violation' && guardedOf(scopeOf(finding.logicalId))?.mode !== 'observe',
    })),
  };
}

/** CDK finds the construct of a logical id in a stack, but not in a nested one. */
function locate(finding: Finding, stack: Stack, templatePath: string, construct: IConstruct | undefined): Located['resource'] {
  const locations = [finding.path];
  return stack.nestedStackParent && construct
    ? { constructPath: construct.node.path, templatePath, locations }
    : { resourceLogicalId: finding.logicalId, templatePath, locations };
}

/** One entry for what is the same about many resources. */
function group(located: readonly Located[]): PolicyViolation[] {
  const groups = new Map<string, PolicyViolation>();
  for (const { finding, resource, fails } of located) {
    const severity = finding.verdict === 'violation' && fails ? 'error' : 'warning';
    const reason = `${finding.path}: ${finding.reason}`;
    const key = JSON.stringify([finding.rule, reason, finding.fix, severity]);
    const known = groups.get(key) ?? { ...violationOf(finding.rule, reason, `${finding.fix}; ${finding.page}`), severity };
    groups.set(key, { ...known, violatingResources: [...known.violatingResources, resource] });
  }
  return [...groups.values()];
}

function violationOf(rule: RuleId, reason: string, fix: string): PolicyViolation {
  return { ruleName: rule, description: `${RULES[rule]} (${reason})`, fix, severity: 'error', violatingResources: [] };
}

function missedStage(stage: IConstruct): PolicyViolation {
  const fix = 'call ImdsGuard.enforce right after new App()';
  return aboutConstruct(violationOf('stage-synthesized-before-enforce', stage.node.path, fix), stage);
}

function aboutConstruct(violation: PolicyViolation, construct: IConstruct): PolicyViolation {
  return { ...violation, violatingResources: [{ constructPath: construct.node.path, locations: [] }] };
}

function countVerdicts(verdicts: readonly Verdict[]): { [key: string]: string } {
  const count = (verdict: Verdict): string => String(verdicts.filter(each => each === verdict).length);
  return {
    'examined': String(verdicts.length),
    'compliant': count('compliant'),
    'violation': count('violation'),
    'cannot tell': count('cannot tell'),
    'not governed': count('not governed'),
  };
}
