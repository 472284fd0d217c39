import { CfnResource, IPolicyValidationContext, PolicyValidationPluginReport, Stage } from 'aws-cdk-lib';
import type { NagPackProps } from 'cdk-nag';
import { IConstruct } from 'constructs';
import { examineApp } from './examine-app';
import { NagPack } from './nag-pack';
import { policyReport } from './policy-report';
import { RULE_IDS } from '../engine/findings/rules';
import { checkSettings } from '../engine/surfaces/settings';
import { isInAny, stagesWithPlugin } from '../tree/registered-plugins';

const NAME = 'ImdsChecks';

/**
 * What the cdk-nag pack checks besides IMDSv2 itself.
 */
export interface ImdsChecksProps extends NagPackProps {
  /**
   * The highest hop limit that is accepted, from 1 to 64. Where `ImdsGuard` has a maximum of its own, the lower one counts.
   *
   * @default - no maximum but that of `ImdsGuard`
   */
  readonly maxHttpPutResponseHopLimit?: number;
}

/**
 * The checks as a cdk-nag 3 pack, for apps that run cdk-nag 3 already. The verdicts are those of `ImdsValidator`, which reports nothing
 * where the pack is registered; but the pack judges every template
 * of the App or Stage that it is registered on, whatever of it is guarded.
 *
 * Each rule is called `ImdsChecks-` and its id. What fails is an error; what cannot be decided, and advice, is a warning, under ids of its own.
 *
 * @example
 * Validations.of(app).addPlugins(new ImdsChecks(app));
 */
export class ImdsChecks extends NagPack {
  /** The name in CDK's report. */
  public readonly name: string = NAME;

  /** The ids of the rules, as they are reported. */
  public readonly ruleIds?: string[] = RULE_IDS.map(id => `${NAME}-${id}`);
  private readonly maxHttpPutResponseHopLimit?: number;

  /**
   * @throws where the app has no cdk-nag 3, or when the maximum is not a whole number from 1 to 64
   */
  public constructor(scope?: IConstruct, props: ImdsChecksProps = {}) {
    super(scope, props);
    const { maxHttpPutResponseHopLimit } = props;
    checkSettings({ maxHttpPutResponseHopLimit });
    this.packName = NAME;
    this.maxHttpPutResponseHopLimit = maxHttpPutResponseHopLimit;
  }

  /** Called by CDK when the templates are written. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { maxHttpPutResponseHopLimit } = this;
    const { appConstruct: app } = context;
    const stages = stagesWithPlugin(app, plugin => plugin === this);
    const isMeant = (construct: IConstruct): boolean => stages.length === 0 || isInAny(construct, stages);
    return policyReport(app, rule => `${NAME}-${rule}`, () => examineApp(app, { maxHttpPutResponseHopLimit, isMeant }));
  }

  /** Synthesizes the app that the scope belongs to, where that has not been done, and judges all of it. */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
    const { root } = scope.node;
    if (Stage.isStage(root)) { synthesize(root); }
    return this.validate({ appConstruct: root, templatePaths: [] });
  }

  /** Templates are judged together and as a whole, not resource by resource. */
  protected checkResource(_node: CfnResource): void {}
}

/** Newer versions of CDK throw where a plugin finds something. The templates are written then. */
function synthesize(root: Stage): void {
  try {
    root.synth();
  } catch (error) {
    if ((error as Error).name !== 'ValidationFailed') { throw error; }
  }
}
