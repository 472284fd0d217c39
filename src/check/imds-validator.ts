import { examineApp } from './examine-app';
import { policyReport } from './policy-report';
import { IConstruct, IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, Stage } from '../cdk/cdk';
import { RULE_IDS } from '../engine/findings/rules';
import { version } from '../input/version';
import { newerEngine } from '../scopes/engines';
import { registerOf } from '../scopes/guarded';
import { guardedOf } from '../scopes/held';
import { isMadeForPlan } from '../scopes/plan-folder';
import { isInAny, stagesWithPlugin, VALIDATOR } from '../tree/registered-plugins';

/** The name of the cdk-nag pack, by which it is recognized, since loading the pack would load cdk-nag. */
const PACK = 'ImdsChecks';

/**
 * A CDK validation plugin: judges the finished templates, those of nested stacks, Stages, products and stack sets included.
 *
 * `ImdsGuard` registers it. On its own it judges every template of the app; beside `ImdsGuard`, the guarded scopes. In an App
 * or a Stage that the cdk-nag pack `ImdsChecks` is registered on it reports nothing, so that nothing is reported twice.
 *
 * A rule is acknowledged with `Validations.of(scope).acknowledge`, by the name of the plugin, `::` and the rule's id. A reason is needed.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 *
 * @example
 * Validations.of(app).addPlugins(new ImdsValidator());
 */
export class ImdsValidator implements IPolicyValidationPlugin {
  /** The name in CDK's report, and the prefix of rule ids in acknowledgements. */
  public readonly name: string = VALIDATOR;

  /** The ids of the rules, without the prefix. */
  public readonly ruleIds?: string[] = [...RULE_IDS];

  /** Called by CDK when the templates are written. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const newer = newerEngine(version()); // another copy, whose guard writes what is judged here
    if (newer) { return newer.validate(context); }
    const { appConstruct: app } = context;
    if (Stage.isStage(app) && isMadeForPlan(app.outdir)) { return { success: true, violations: [] }; }
    const withPack = stagesWithPlugin(app, ({ name }) => name === PACK);
    if (withPack.includes(app)) { return { success: true, violations: [], metadata: { 'reported by': PACK } }; }
    const isGuarded = registerOf(app) ? (construct: IConstruct): boolean => guardedOf(construct) !== undefined : () => true;
    return policyReport(app, rule => rule, () => examineApp(app, { isMeant: construct => isGuarded(construct) && !isInAny(construct, withPack) }));
  }
}
