import { CfnResource, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { LaunchSurface } from './private/surface';
import { LAUNCH_SURFACES, surfaceOf } from './private/surfaces';

/** The row of a construct, if it is a launch surface. Works across copies of aws-cdk-lib, which `instanceof` does not. */
export function surfaceOfConstruct(construct: IConstruct): LaunchSurface | undefined {
  return isCfnResource(construct) ? surfaceOf(construct.cfnResourceType) : undefined;
}

export function isCfnResource(construct: IConstruct): construct is CfnResource {
  return typeof (construct as Partial<CfnResource>).cfnResourceType === 'string';
}

/** Types whose edit may replace a consumer that is pinned to a version: here an outdated tree would do harm. */
const PINNABLE = new Set(LAUNCH_SURFACES.flatMap(({ follows = [] }) => follows)
  .filter(({ createOnly, keys }) => createOnly && keys)
  .map(({ to }) => to));

export function isPinnable(resource: CfnResource): boolean {
  return PINNABLE.has(resource.cfnResourceType);
}

/** The stage that a construct is synthesized with: a Stage itself, where CDK's `Stage.of` names the one around it. */
export function stageOf(construct: IConstruct): Stage | undefined {
  return Stage.isStage(construct) ? construct : Stage.of(construct);
}

/** Every launch surface below a construct, in tree order. Stages are synthesized on their own, so they are not entered. */
export function launchResourcesIn(root: IConstruct): CfnResource[] {
  const found: CfnResource[] = [];
  visitIn(root, construct => { if (surfaceOfConstruct(construct)) { found.push(construct as CfnResource); } });
  return found;
}

export function visitIn(root: IConstruct, visit: (construct: IConstruct) => void): void {
  const open: IConstruct[] = [root];
  for (let construct = open.pop(); construct; construct = open.pop()) {
    visit(construct);
    const { children } = construct.node;
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (isCfnResource(child) || !Stage.isStage(child)) { open.push(child); }
    }
  }
}
