import { enforceOn } from './enforce';
import { CfnResource, IAspect, IConstruct, IMixin } from '../cdk/cdk';
import { ownScopeSettings, setScopeSettings } from '../scopes/calls';
import { scopeSettingsFor, scopeSettingsForResource } from '../scopes/held';
import { RequireImdsv2Props } from '../scopes/require-imdsv2-props';
import { ScopeSettings, scopeSettingsOf } from '../scopes/scope-settings';
import { isPinnable, surfaceOfConstruct } from '../tree/launch-resources';
import { Tree } from '../tree/tree';

/**
 * Requires IMDSv2 on whatever it visits: as an Aspect on a whole scope, or as a Mixin on one construct.
 *
 * It works by CloudFormation type, so L2, L1, `CfnInclude` and generic resources are alike. Nothing is replaced, no resource is
 * added and no logical id changes, unless the props ask for it. What cannot be enforced is reported as a warning.
 *
 * Of several in nested scopes the innermost decides. An Aspect does not enter a Stage: to cover Stages, to correct what later
 * aspects and overrides weaken and to fail on what is left, use `ImdsGuard.enforce`. As an Aspect it is best added with the
 * priority `AspectPriority.MUTATING` (200), so that read-only aspects see its work.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 *
 * @example
 * declare const stack: Stack;
 * Aspects.of(stack).add(new RequireImdsv2(), { priority: AspectPriority.MUTATING });
 */
export class RequireImdsv2 implements IAspect, IMixin {
  /**
   * @throws when a hop limit is not a whole number from 1 to 64 or is above the maximum, or a list holds a type that it cannot take;
   *   a `TypeError` when `httpEndpoint` is neither true nor false, or what must be a list is none
   */
  public constructor(props: RequireImdsv2Props = {}) {
    setScopeSettings(this, scopeSettingsOf(props));
  }

  /** Called by CDK for every construct of the scope. */
  public visit(node: IConstruct): void {
    if (!surfaceOfConstruct(node)) { return; }
    const tree = Tree.of(node as CfnResource);
    enforceOn(node as CfnResource, scopeSettingsForResource(node as CfnResource, tree.choices) ?? this.choice, tree);
  }

  /** Whether the construct launches instances or says how they are launched. */
  public supports(construct: IConstruct): boolean {
    return surfaceOfConstruct(construct) !== undefined;
  }

  /** Requires IMDSv2 on this construct now. Consumers that are added to the app later are not known yet; the Aspect sees them. */
  public applyTo(construct: IConstruct): void {
    if (!surfaceOfConstruct(construct)) { return; }
    const resource = construct as CfnResource;
    setScopeSettings(resource, this.choice);
    enforceOn(resource, scopeSettingsFor(resource)!, isPinnable(resource) ? Tree.renew(resource) : Tree.of(resource));
  }

  private get choice(): ScopeSettings {
    return ownScopeSettings(this)!;
  }
}
