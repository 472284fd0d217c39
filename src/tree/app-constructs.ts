import { resolve } from 'path';
import { isCfnResource, typeOf } from './launch-resources';
import { logicalIdOf } from './token-text';
import { CfnResource, IConstruct, Stack, Stage } from '../cdk/cdk';
import { Acknowledgement, acknowledgementsAmong, hasAcknowledgement } from '../engine/exemptions/acknowledgements';
import { policyHolderOf } from '../engine/templates/policy-holders';
import { isRelevantType } from '../engine/templates/relevant-types';

/** A stack of the tree, nested ones and products included. */
export interface StackConstructs {
  readonly stack: Stack;

  /** What launches instances or brings others that may, by logical id. */
  readonly resources: ReadonlyMap<string, CfnResource>;
}

/** What a finished tree tells about its templates. */
export interface AppConstructs {
  /** By the path of the template. */
  readonly stacks: ReadonlyMap<string, StackConstructs>;

  /** The files that assets were made from, by the path in the assembly. */
  readonly assets: ReadonlyMap<string, string>;

  /** Those of Apps and Stages too, which no assembly has. */
  readonly acknowledgements: readonly Acknowledgement[];
}

/** Walks the tree once, through every Stage. */
export function appConstructsOf(app: IConstruct): AppConstructs {
  const resources = new Map<Stack, Map<string, CfnResource>>();
  const acknowledgements: Acknowledgement[] = [];
  const assets = new Map<string, string>();
  const open: IConstruct[] = [app];
  for (let construct = open.pop(); construct; construct = open.pop()) {
    const { metadata, children } = construct.node;
    if (hasAcknowledgement(metadata)) { acknowledgements.push(...acknowledgementsAmong(metadata, construct.node.path)); }
    if (isCfnResource(construct)) {
      const type = typeOf(construct);
      if (isRelevantType(type) || policyHolderOf(type)) { resources.get(construct.stack)?.set(logicalIdOf(construct), construct); }
    } else if (Stack.isStack(construct)) {
      resources.set(construct, new Map());
    } else if (isAsset(construct)) {
      assets.set(construct.absoluteStagedPath, construct.sourcePath);
    }
    for (let i = children.length - 1; i >= 0; i--) { open.push(children[i]); }
  }
  const stacks = new Map([...resources].map(([stack, found]) => [templatePathOf(stack), { stack, resources: found }]));
  return { stacks, assets, acknowledgements };
}

function templatePathOf(stack: Stack): string {
  return resolve(Stage.of(stack)!.outdir, stack.templateFile);
}

/** CDK's AssetStaging, of whatever copy. */
function isAsset(construct: IConstruct): construct is IConstruct & { readonly absoluteStagedPath: string; readonly sourcePath: string } {
  const { absoluteStagedPath, sourcePath } = construct as { absoluteStagedPath?: unknown; sourcePath?: unknown };
  return typeof absoluteStagedPath === 'string' && typeof sourcePath === 'string';
}
