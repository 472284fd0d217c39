import { createHash } from 'crypto';
import { readFileSync, renameSync, statSync, writeFileSync } from 'fs';
import { basename, isAbsolute, join, relative, resolve, sep } from 'path';
import { switchedOff } from './switched-off';
import { PlacedCall, weakerCallsIn } from './weaker-calls';
import { IConstruct, Stack, Stage } from '../cdk/cdk';
import { decisionsOf } from '../enforce/decision';
import { Decision } from '../engine/record/decision';
import { GuardRecord, RecordedCall, RecordedSettings, RecordedStack, RecordedWeakness, RECORD_FILE, RECORD_FORMAT } from '../engine/record/guard-record';
import { listedFiles } from '../input/assembly';
import { MAX_BYTES } from '../input/limits';
import { version } from '../input/version';
import { callsAt, Guarded, PreloadedCall } from '../scopes/calls';
import { engines } from '../scopes/engines';
import { callsIn, guardedWithin, Register } from '../scopes/guarded';
import { guardedOf, heldAt } from '../scopes/held';
import { ScopeSettings } from '../scopes/scope-settings';
import { lookAround, stageOf, Surroundings } from '../tree/launch-resources';

const METADATA = 'cdk-imds-guard';

/**
 * Leaves in the metadata of each guarded stack how it was guarded, since what an App or a Stage has there is written nowhere. As text, since
 * older CDK takes no other data there; without the decisions, which would cost each synthesis a tenth more and are in the record.
 */
export function noteInMetadata(stacks: readonly Stack[], weaker: readonly PlacedCall[]): void {
  for (const stack of stacks) {
    const { node: { path, metadata, scopes } } = stack;
    const held = whatHolds(stack);
    if (held.mode === undefined) { continue; }
    const data = JSON.stringify({
      ...versions(),
      calls: scopes.flatMap(scope => callsAt(scope).map(call => recordedCall(scope, call))),
      weaker: weaker.filter(({ scope }) => scope === stack || scope.node.path.startsWith(`${path}/`)).map(recordedWeakness),
      ...held,
    });
    if (!metadata.some(each => each.type === METADATA && each.data === data)) { stack.node.addMetadata(METADATA, data); }
  }
}

/** Writes the record into the folder of an app and of each Stage in it, once all of them are synthesized: older CDK hashes its folders until then. */
export function writeRecords(stage: Stage, register: Register | undefined): void {
  const found = lookAround(stage);
  writeRecord(stage.outdir, recordOf(stage, found, register));
  found.stages.filter(({ outdir }) => outdir !== stage.outdir).forEach(each => writeRecords(each, register));
}

/** Whole or not at all: half a record would pass for a template that was changed. */
export function writeRecord(folder: string, record: GuardRecord): void {
  const file = join(folder, RECORD_FILE);
  writeFileSync(`${file}.tmp`, `${JSON.stringify(record, undefined, 1)}\n`);
  renameSync(`${file}.tmp`, file);
}

function recordOf(stage: Stage, found: Surroundings, register: Register | undefined): GuardRecord {
  const stacks = stacksOf(stage, found).map(({ recorded }) => recorded);
  const isGuarded = guardedWithin(stage);
  return {
    ...versions(),
    switchedOff: switchedOff(stage.node.root as Stage),
    calls: (register ? callsIn(register) : []).filter(({ scope }) => stageOf(scope) === stage || stage.node.scopes.includes(scope))
      .map(({ scope, call }) => recordedCall(scope, call)),
    weaker: register ? weakerIn(stage, found, register) : [],
    counts: {
      examined: found.resources.filter(isGuarded).length,
      changed: stacks.flatMap(({ decisions }) => decisions).filter(({ action }) => action !== 'leave').length,
    },
    stacks,
    templates: hashesIn(stage, found.stacks),
  };
}

function versions(): Pick<GuardRecord, 'format' | 'version' | 'versions'> {
  return { format: RECORD_FORMAT, version: version(), versions: [...new Set(engines().map(each => each.version))].sort() };
}

function stacksOf(stage: Stage, { stacks }: Surroundings): { readonly stack: Stack; readonly recorded: RecordedStack }[] {
  const decisions = new Map<string, Decision[]>(stacks.map(({ node: { path } }) => [path, []]));
  decisionsOf(stage).forEach(decision => decisions.get(decision.stack)?.push(decision));
  return stacks.map(stack => ({
    stack,
    recorded: { path: stack.node.path, template: stack.templateFile, ...whatHolds(stack), decisions: decisions.get(stack.node.path)! },
  }));
}

function whatHolds(scope: IConstruct): Pick<RecordedStack, 'mode' | 'settings'> {
  const guarded = guardedOf(scope);
  return { mode: guarded?.mode, settings: settingsOf(heldAt(scope).choice ?? guarded?.choice) };
}

function weakerIn(stage: Stage, { resources }: Surroundings, register: Register): RecordedWeakness[] {
  return weakerCallsIn(stage, resources, register).map(recordedWeakness);
}

function recordedWeakness({ scope, call: { by, weaknesses, outcome, isObserved } }: PlacedCall): RecordedWeakness {
  const what = weaknesses.map(each => each.what);
  return { scope: scope.node.path, by, what, outcome, ...isObserved && { isObserved }, ...whatHolds(scope) };
}

function recordedCall({ node: { path } }: IConstruct, { mode, choice, preload }: Guarded): RecordedCall {
  return { by: preload ? 'preload' : 'call', scope: path, mode, settings: settingsOf(choice)!, files: preload?.files.map(named), override: overrideOf(preload) };
}

function overrideOf({ override }: Partial<PreloadedCall> = {}): RecordedCall['override'] {
  return override && { reason: override.reason, owner: override.owner, until: override.until };
}

/** A settings file as every machine knows it. */
function named(file: string): string {
  const from = relative(process.cwd(), resolve(file));
  return from.startsWith('..') || isAbsolute(from) ? basename(file) : from.replaceAll(sep, '/');
}

function settingsOf(choice: ScopeSettings | undefined): RecordedSettings | undefined {
  if (!choice) { return undefined; }
  const { settings, ...types } = choice;
  return { ...settings, ...Object.fromEntries(Object.entries(types).map(([name, set]) => [name, set && [...set as ReadonlySet<string>]])) };
}

/** Of all that the check can read as a template of the folder; nested Stages have their assets in the folder of the app. */
function hashesIn(stage: Stage, stacks: readonly Stack[]): GuardRecord['templates'] {
  const folder = resolve(stage.outdir);
  const around = resolve((stage.node.root as Stage).outdir);
  const listed = listedFiles(folder).filter(file => MAY_BE_TEMPLATE.test(file));
  const files = new Set([...stacks.map(({ templateFile }) => join(folder, templateFile)), ...listed]);
  const hashes = [...files].filter(file => file.startsWith(around + sep) && isTemplateSized(file))
    .map(file => [relative(folder, file).replaceAll(sep, '/'), createHash('sha256').update(readFileSync(file)).digest('hex')] as const);
  return Object.fromEntries(hashes.sort(([one], [other]) => one < other ? -1 : 1));
}

const MAY_BE_TEMPLATE = /(\.(json|ya?ml|template|cfn|tpl|txt)|[\\/][^.\\/]+)$/i;

/** What is larger is not read as a template. */
function isTemplateSized(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && found.isFile() && found.size <= MAX_BYTES;
}
