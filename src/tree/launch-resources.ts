import { CfnElement, CfnOutput, CfnParameter, CfnResource, IConstruct, Stack, Stage } from '../cdk/cdk';
import { JsonObject } from '../engine/json/json';
import { LaunchSurface } from '../engine/surfaces/surface';
import { LAUNCH_SURFACES, surfaceOf } from '../engine/surfaces/surfaces';
import { STORED_PARAMETER, valueCarrierOf } from '../engine/templates/value-carriers';

/** The row of a construct, if it is a launch surface. Works across copies of aws-cdk-lib, which `instanceof` does not. */
export function surfaceOfConstruct(construct: IConstruct): LaunchSurface | undefined {
  return isCfnResource(construct) ? surfaceOf(typeOf(construct)) : undefined;
}

export function isCfnResource(construct: IConstruct): construct is CfnResource {
  return typeof (construct as Partial<CfnResource>).cfnResourceType === 'string';
}

/** The type as CloudFormation receives it: an override may say otherwise than the class does. */
export function typeOf(resource: CfnResource): string {
  const overridden = (resource as unknown as { rawOverrides?: JsonObject }).rawOverrides?.Type;
  return typeof overridden === 'string' ? overridden : resource.cfnResourceType;
}

/** Types whose edit may replace a consumer that is pinned to a version: here an outdated tree would do harm. */
const PINNABLE = new Set(LAUNCH_SURFACES.flatMap(({ follows = [] }) => follows)
  .filter(({ createOnly, keys }) => createOnly && keys)
  .map(({ to }) => to));

export function isPinnable(resource: CfnResource): boolean {
  return PINNABLE.has(typeOf(resource));
}

/** The stage that a construct is synthesized with: a Stage itself, where CDK's `Stage.of` names the one around it. */
export function stageOf(construct: IConstruct): Stage | undefined {
  return Stage.isStage(construct) ? construct : Stage.of(construct);
}

/** Where annotations about a scope go: those of a Stage itself get lost, so the first stack in it has them. */
export function holderFor(scope: IConstruct): IConstruct {
  return (Stage.isStage(scope) && scope.node.findAll().find(each => Stack.isStack(each))) || scope;
}

/** Every launch surface below a construct, in tree order. */
export function launchResourcesIn(root: IConstruct): CfnResource[] {
  return lookAround(root).resources;
}

/** What one look at a tree finds. An app may hold tens of thousands of constructs, so this is done once for all who ask. */
export interface Surroundings {
  /** Launch surfaces, in tree order. */
  readonly resources: CfnResource[];

  /** Outputs that other stacks can import. */
  readonly exports: CfnOutput[];

  /** What else gives values to others: outputs without an export, parameters of SSM, custom resources. */
  readonly carriers: (CfnOutput | CfnResource)[];

  /** Parameters of templates that stand for a value which is stored under the name that is their default. */
  readonly storedParameters: CfnParameter[];

  /** Stacks, nested ones included. */
  readonly stacks: Stack[];

  /** Stages right below: they are synthesized on their own, so they are not entered. */
  readonly stages: Stage[];
}

export function lookAround(root: IConstruct): Surroundings {
  const found: Surroundings = { resources: [], exports: [], carriers: [], storedParameters: [], stacks: [], stages: [] };
  const open: IConstruct[] = [root];
  for (let construct = open.pop(); construct; construct = open.pop()) {
    if (isCfnResource(construct)) {
      const type = typeOf(construct);
      if (surfaceOf(type)) { found.resources.push(construct); } else if (valueCarrierOf(type)) { found.carriers.push(construct); }
    } else if (Stack.isStack(construct)) {
      found.stacks.push(construct);
    } else if (isOutput(construct)) {
      (construct.exportName === undefined ? found.carriers : found.exports).push(construct);
    } else if (isStoredParameter(construct)) {
      found.storedParameters.push(construct);
    } else if (construct !== root && Stage.isStage(construct)) {
      found.stages.push(construct);
      continue;
    }
    const { children } = construct.node;
    for (let i = children.length - 1; i >= 0; i--) { open.push(children[i]); }
  }
  return found;
}

function isOutput(construct: IConstruct): construct is CfnOutput {
  return 'exportName' in construct && CfnElement.isCfnElement(construct);
}

function isStoredParameter(construct: IConstruct): construct is CfnParameter {
  const { type } = construct as Partial<CfnParameter>;
  return typeof type === 'string' && type.startsWith(STORED_PARAMETER) && CfnElement.isCfnElement(construct);
}
