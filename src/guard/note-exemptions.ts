import { CfnResource, IConstruct } from '../cdk/cdk';
import { Acknowledgement, ACKNOWLEDGEMENTS_FORBIDDEN, ACKNOWLEDGEMENTS_KEY, acknowledgementsAmong, hasAcknowledgement } from '../engine/exemptions/acknowledgements';
import { EXEMPTION_KEY } from '../engine/exemptions/exemptions';
import { exemptedBy, exemptedScopes, policyOf, standingOn } from '../scopes/exempting';
import { annotate } from '../tree/annotate';
import { holderFor, stageOf, surfaceOfConstruct } from '../tree/launch-resources';

/**
 * Writes exemptions and acknowledgements into the metadata of the resources that they apply to, so that a template tells them by itself:
 * CDK keeps acknowledgements beside the template, and those of an App or a Stage nowhere.
 */
export function noteExemptions(stage: IConstruct, resources: readonly CfnResource[]): void {
  const known = new Map<IConstruct, readonly Acknowledgement[]>();
  const isExempting = exemptedScopes(stage).length > 0;
  for (const resource of resources) {
    if (isExempting) { noteExemption(resource); }
    const acknowledgements = acknowledgementsOn(resource, known);
    if (acknowledgements.length > 0) { resource.addMetadata(ACKNOWLEDGEMENTS_KEY, acknowledgements.map(each => asNoted(each, resource))); }
  }
  exemptedScopes(stage).filter(scope => stageOf(scope) === stage && !launchesSomething(scope)).forEach(tellUnused);
}

export function noteExemption(resource: CfnResource): void {
  const exempted = exemptedBy(resource);
  if (!exempted) { return; }
  const { exemption, scope, overlaps } = exempted;
  const { state, notice } = standingOn(resource, exemption);
  resource.addMetadata(EXEMPTION_KEY, {
    ...exemption,
    scope: scope.node.path,
    ...overlaps.length > 0 && { overlaps },
    ...state === 'not allowed' && { notAllowed: notice!.reason },
  });
}

function asNoted({ id, reason, scope }: Acknowledgement, resource: CfnResource): object {
  return { id, reason, scope, ...policyOf(resource).forbidAcknowledgements && { notAllowed: ACKNOWLEDGEMENTS_FORBIDDEN } };
}

/** Those of a construct and of everything around it, the nearest first. Most constructs have none. */
function acknowledgementsOn(construct: IConstruct, known: Map<IConstruct, readonly Acknowledgement[]>): readonly Acknowledgement[] {
  const { scope, metadata } = construct.node;
  const around = scope ? acknowledgementsAround(scope, known) : [];
  return hasAcknowledgement(metadata) ? [...acknowledgementsAmong(metadata, construct.node.path), ...around] : around;
}

/** The same for a scope, which has more than one construct in it, or may have. */
function acknowledgementsAround(scope: IConstruct, known: Map<IConstruct, readonly Acknowledgement[]>): readonly Acknowledgement[] {
  let found = known.get(scope);
  if (!found) {
    found = acknowledgementsOn(scope, known);
    known.set(scope, found);
  }
  return found;
}

function launchesSomething(scope: IConstruct): boolean {
  return scope.node.findAll().some(each => surfaceOfConstruct(each));
}

function tellUnused(scope: IConstruct): void {
  annotate(holderFor(scope), 'exemption-unused', `the exemption of ${scope.node.path} has no effect: nothing in it launches instances; remove it or move it to what does`);
}
