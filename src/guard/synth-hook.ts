import { statSync } from 'fs';
import { join } from 'path';
import { addValidatorLast } from './add-validator';
import { finishApp, recordApp } from './finish-app';
import { noteExemptions } from './note-exemptions';
import { applyOverrides } from './overrides';
import { noteInMetadata } from './record';
import { tellWeakerCalls } from './weaker-calls';
import { Aspects, Construct, IConstruct, Stack, Stage } from '../cdk/cdk';
import { ImdsValidator } from '../check/imds-validator';
import { enforceOn } from '../enforce/enforce';
import { MANIFEST } from '../input/manifest';
import { version } from '../input/version';
import { addEngine, Engine, newestEngine } from '../scopes/engines';
import { exemptedScopes } from '../scopes/exempting';
import { guardedWithin, registerOf } from '../scopes/guarded';
import { scopeSettingsForResource } from '../scopes/held';
import { annotate } from '../tree/annotate';
import { Tree } from '../tree/tree';

const HOOKED = Symbol.for('cdk-imds-guard.hooked');
const LAST_CHILD = 'CdkImdsGuard';

type Synth = (this: Stage, ...args: unknown[]) => unknown;

/**
 * Runs the guard whenever a Stage is synthesized, also one that is added later.
 *
 * Nested stages are synthesized before the aspects of their parent run, so an aspect cannot reach them. The last `synth` up the
 * prototype chain is Stage's own; `App` has one in between, and wrapping that one would miss the stages of a pipeline.
 */
export function hookSynth(stage: IConstruct): void {
  addEngine(ENGINE);
  const holder = synthHolder(stage);
  const original = holder?.synth as (Synth & { [HOOKED]?: boolean }) | undefined;
  if (!holder || !original || original[HOOKED]) { return; }
  const hooked: Synth & { [HOOKED]?: boolean } = function (...args) {
    const [{ force = false } = {}] = args as [{ readonly force?: boolean }?];
    return newestEngine().synthesize(this, () => original.apply(this, args), force);
  };
  hooked[HOOKED] = true;
  holder.synth = hooked;
}

/** This copy of the library. */
const ENGINE: Engine = {
  version: version(),
  synthesize,
  validate: context => new ImdsValidator().validate(context),
};

function synthesize(stage: Stage, original: () => unknown, isForced = false): unknown {
  const before = assemblyOf(stage);
  if (isForced || !before) { prepare(stage); }
  if (stage.node.root !== stage) { return original(); }
  const written = lastWrite(stage);
  try {
    const assembly = original();
    if (assemblyOf(stage) !== before) { finishApp(stage); }
    return assembly;
  } catch (error) {
    // newer CDK throws where a check fails, after everything is written; where nothing was, there is nothing to tell about
    if (lastWrite(stage) !== written) { recordApp(stage); }
    throw error;
  }
}

/** When the manifest was written, which comes last. */
export function lastWrite({ outdir }: Stage): bigint | undefined {
  return statSync(join(outdir, MANIFEST), { bigint: true, throwIfNoEntry: false })?.mtimeNs;
}

/** Whose `synth` all stages of a copy of CDK share. */
export function synthHolder(stage: object): { synth?: Synth } | undefined {
  let holder: { synth?: Synth } | undefined;
  for (let each = Object.getPrototypeOf(stage); each; each = Object.getPrototypeOf(each)) {
    if (Object.hasOwn(each, 'synth')) { holder = each; }
  }
  return holder;
}

export function isSynthesized(stage: IConstruct): boolean {
  return assemblyOf(stage) !== undefined;
}

/** Another one after each synthesis. */
function assemblyOf(stage: IConstruct): unknown {
  return (stage as { assembly?: unknown }).assembly;
}

function prepare(stage: Stage): void {
  if (!(registerOf(stage) ?? exemptedScopes(stage).length > 0)) { return; }
  const tree = Tree.renew(stage);
  applyOverrides(stage, tree.stacks);
  tree.stages.forEach(hookSynth); // another copy of aws-cdk-lib has a `synth` of its own
  enforceIn(stage, tree, false);
  enforceAgainLast(stage);
}

/**
 * Writes once more when every aspect has had its say. Aspects run construct by construct, so the last one to be visited is a last
 * child of the stage, whatever the priorities are. It renders nothing.
 */
function enforceAgainLast(stage: Stage): void {
  stage.node.tryRemoveChild(LAST_CHILD);
  const last = new Construct(stage, LAST_CHILD);
  Aspects.of(last).add({ visit: () => finish(stage) }, { priority: Number.MAX_SAFE_INTEGER });
  if (stage.node.root === stage && registerOf(stage)) { addValidatorLast(last, stage); }
}

function finish(stage: Stage): void {
  const tree = Tree.renew(stage);
  const examined = enforceIn(stage, tree, true);
  const register = registerOf(stage);
  if (!register) { return; }
  noteInMetadata(tree.stacks, tellWeakerCalls(stage, tree.all, register));
  register.examined += examined;
  // The stages of an app are synthesized before the app itself, so the app has the sum.
  if (stage.node.root === stage && register.examined === 0) {
    const stack = stage.node.findAll().find(each => Stack.isStack(each)) ?? stage;
    annotate(stack, 'nothing-to-enforce', 'ImdsGuard examined 0 resources: no construct in its scope has a type that launches instances; '
      + 'what templates inside stack sets, products and nested stacks launch, or a type that an override changes, is for the check to tell');
  }
}

/** Returns how many launch resources are guarded. */
function enforceIn(stage: Stage, tree: Tree, advice: boolean): number {
  const resources = tree.all; // as of now: enforcement may add some
  const guardedOf = guardedWithin(stage);
  let examined = 0;
  for (const resource of resources) {
    const guarded = guardedOf(resource);
    if (guarded) { examined++; }
    if (guarded?.mode === 'enforce') { enforceOn(resource, scopeSettingsForResource(resource, tree.choices)!, tree, advice); }
  }
  if (advice) { noteExemptions(stage, tree.all); }
  return examined;
}
