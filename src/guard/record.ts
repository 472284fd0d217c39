import { createHash } from 'crypto';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'fs';
import { join } from 'path';
import { switchedOff } from './switched-off';
import { Stack, Stage } from '../cdk/cdk';
import { decisionsOf } from '../enforce/decision';
import { GuardRecord, RecordedSettings, RECORD_FILE, RECORD_FORMAT } from '../engine/record/guard-record';
import { version } from '../input/version';
import { engines } from '../scopes/engines';
import { callsIn, Register } from '../scopes/guarded';
import { guardedOf, heldAt, scopeSettingsFor } from '../scopes/held';
import { ScopeSettings } from '../scopes/scope-settings';
import { lookAround } from '../tree/launch-resources';

const METADATA = 'cdk-imds-guard';

/** Leaves in the metadata of a guarded stack that it was, since what an App or a Stage has there is written nowhere. */
export function noteInMetadata(stacks: readonly Stack[]): void {
  for (const stack of stacks) {
    const guarded = guardedOf(stack);
    if (guarded && !stack.node.metadata.some(({ type }) => type === METADATA)) {
      stack.node.addMetadata(METADATA, JSON.stringify({ version: version(), mode: guarded.mode, settings: settingsOf(scopeSettingsFor(stack)) }));
    }
  }
}

/** Writes the record into the folder of an app and of each Stage in it, once all of them are synthesized: older CDK hashes its folders until then. */
export function writeRecords(stage: Stage, register: Register | undefined): void {
  const { stages } = lookAround(stage);
  writeRecord(stage.outdir, recordOf(stage, register));
  stages.filter(({ outdir }) => outdir !== stage.outdir).forEach(each => writeRecords(each, register));
}

/** Whole or not at all: half a record would pass for a template that was changed. */
export function writeRecord(folder: string, record: GuardRecord): void {
  const file = join(folder, RECORD_FILE);
  writeFileSync(`${file}.tmp`, `${JSON.stringify(record, undefined, 1)}\n`);
  renameSync(`${file}.tmp`, file);
}

function recordOf(stage: Stage, register: Register | undefined): GuardRecord {
  const { stacks } = lookAround(stage);
  const decisions = decisionsOf(stage);
  return {
    format: RECORD_FORMAT,
    version: version(),
    versions: engines().map(each => each.version),
    switchedOff: switchedOff(stage.node.root as Stage),
    calls: (register ? callsIn(register) : []).map(({ scope, call }) => ({
      by: call.preload ? 'preload' : 'call',
      scope: scope.node.path,
      mode: call.mode,
      settings: settingsOf(call.choice)!,
      files: call.preload?.files,
      override: call.preload?.override,
    })),
    weaker: [...register?.scopes ?? []].flatMap(scope => heldAt(scope).weaker.map(({ by, weaknesses, outcome }) => ({
      scope: scope.node.path, by, what: weaknesses.map(({ what }) => what), outcome,
    }))),
    counts: {
      examined: lookAround(stage).resources.filter(resource => guardedOf(resource)).length,
      changed: decisions.filter(({ action }) => action !== 'leave').length,
    },
    stacks: stacks.map(stack => ({
      path: stack.node.path,
      template: stack.templateFile,
      mode: guardedOf(stack)?.mode,
      settings: settingsOf(scopeSettingsFor(stack)),
      decisions: decisions.filter(({ stack: path }) => path === stack.node.path),
    })),
    templates: hashesIn(stage.outdir, stacks),
  };
}

function settingsOf(choice: ScopeSettings | undefined): RecordedSettings | undefined {
  if (!choice) { return undefined; }
  const { settings, ...types } = choice;
  return { ...settings, ...Object.fromEntries(Object.entries(types).map(([name, set]) => [name, set && [...set as ReadonlySet<string>]])) };
}

/** Of the templates that CDK names itself, nested stacks included, and of those that a stack was given another name for. */
function hashesIn(folder: string, stacks: readonly Stack[]): GuardRecord['templates'] {
  const named = new Set(stacks.map(({ templateFile }) => templateFile));
  const files = readdirSync(folder).filter(file => file.endsWith('.template.json') || named.has(file));
  return Object.fromEntries(files.sort().map(file => [file, createHash('sha256').update(readFileSync(join(folder, file))).digest('hex')]));
}
