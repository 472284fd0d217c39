import { judgeCall } from './judge-calls';
import { finding, JudgeContext, JudgedReferrer, NOTHING, Outcome, outcomeOf } from './judge-context';
import { mayHaveUserData } from './needs';
import { ApiCall } from '../calls/api-call';
import { callsInScript } from '../calls/in-script';
import { contextOf } from '../evaluator/context';
import { Scope } from '../evaluator/scope';
import { AssetFile } from '../evaluator/source';
import { Finding } from '../findings/finding';
import { isAbsent, isObject, JsonObject, stringsIn } from '../json/json';
import { isShallow } from '../json/shallow';
import { documentScripts, placedAt, scriptsHeldIn } from '../scripts/held-scripts';
import { ImdsCall, imdsCallsIn } from '../scripts/imds-calls';
import { runningFiles } from '../scripts/running-files';
import { initAddressesOf, Script, scriptsOf } from '../scripts/script-text';
import { CFN_INIT, ScriptHolder, scriptHolderOf } from '../surfaces/script-places';
import { LaunchSurface } from '../surfaces/surface';
import { LaunchReferences } from '../templates/launch-references';

/** How a template knows the files that are uploaded with it. */
type FilesIn = (address: string) => readonly AssetFile[];

/** How to ask with a token. */
const CALLS = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html';

/** Scripts of a resource that launches instances, which call IMDS in a way that breaks where version 2 is required, or AWS in a way that has version 1 answered. */
export function judgeScripts(one: JudgeContext): Outcome {
  const { surface, resource, context: { scope } } = one.launcher;
  const hasUserData = surface.userData !== undefined && mayHaveUserData(resource.Properties, surface.userData);
  const holder = scriptHolderOf(surface.type);
  if (!hasUserData && !hasInit(resource) && !holder) { return NOTHING; }
  const own = hasUserData || hasInit(resource) ? scriptsOf(resource, surface.userData) : [];
  const all = [...own, ...fetchedBy(resource, own, filesOf(scope))];
  const held = holder ? heldBy(holder, resource, scope).filter(({ lines, step }) => lines || step === undefined || !isReadAsCalls(surface)) : [];
  return outcomeOf(
    ...callsIn(all).map(({ script, call }) => finding(one, {
      rule: call.kind, wholePath: script.path, values: [call.text], reason: reasonOf(script, call), fix: call.fix, page: CALLS,
    })),
    ...[...all, ...held, ...fetchedBy({}, held, filesOf(scope))].flatMap(apiCallsIn).map(call => judgeCall(one, call)),
  );
}

/** What is found in a resource that has scripts in places of their own. */
export interface HolderOutcome {
  readonly holder: JudgedReferrer;

  /** About calls of IMDS, for which it is not to blame: others launch. */
  readonly findings: readonly Finding[];

  /** About calls of APIs, which make it one that launches or weakens. Absent: there are none. */
  readonly calls?: Outcome;
}

/** The same of other resources, which have scripts in places of their own. `isMade`: whether resources with a condition are ever made. */
export function holdersOfScripts(scope: Scope, isLauncher: (logicalId: string) => boolean, isMade: (condition: unknown) => boolean): HolderOutcome[] {
  return Object.entries(scope.resources).flatMap(([logicalId, resource]): HolderOutcome[] => {
    if (!isObject(resource) || typeof resource.Type !== 'string') { return []; }
    const places = scriptHolderOf(resource.Type);
    const launches = isLauncher(logicalId);
    const init = hasInit(resource) && !launches;
    if ((!places && !init) || (resource.Condition !== undefined && !isMade(resource.Condition))) { return []; }
    const scripts = [...init ? scriptsOf(resource, undefined) : [], ...places ? heldBy(places, resource, scope) : []];
    const all = [...scripts, ...fetchedBy(init ? resource : {}, scripts, filesOf(scope))];
    if (all.length === 0) { return []; }
    const surface = { type: resource.Type, page: places?.page ?? CALLS };
    const holder = { surface, logicalId, resource, address: scope.addressOf(logicalId), properties: resource.Properties, context: contextOf(scope) };
    const one = { launcher: holder, connections: new LaunchReferences(), settings: {}, known: [] };
    const apiCalls = launches ? [] : all.flatMap(apiCallsIn);
    return [{
      holder,
      findings: callsIn(all).flatMap(({ script, call }) => finding(one, {
        rule: call.kind, wholePath: script.path, values: [call.text], reason: reasonOf(script, call), fix: call.fix,
      }).findings),
      ...apiCalls.length > 0 && { calls: outcomeOf(...apiCalls.map(call => judgeCall(one, call))) },
    }];
  });
}

/** Whether what reads its calls reads its scripts as well: those in objects twice, which comes to one finding, and those in JSON as text, but none in YAML. */
function isReadAsCalls({ calls = [] }: LaunchSurface): boolean {
  return calls.some(({ form }) => form === 'automation' || form === 'script');
}

function apiCallsIn({ path, text, file, step, lines }: Script): ApiCall[] {
  return callsInScript(text, path, file ?? step).map(call => (
    call.api && call.line !== undefined && lines ? { ...call, line: lines[call.line - 1] ?? call.line } : call
  ));
}

function heldBy({ places }: ScriptHolder, { Properties: properties }: JsonObject, scope: Scope): Script[] {
  const filesIn = filesOf(scope);
  return places.flatMap(place => placedAt(properties, place.path).flatMap(placed => {
    if (place.holds !== 'address') { return scriptsHeldIn(placed, place); }
    const files = filesIn && isShallow(placed.value) ? filesIn(stringsIn(placed.value).join('\n')) : [];
    return runningFiles(files, place.running).flatMap(({ name, text }): Script[] => place.below
      ? documentScripts(text, placed.path, place.below).map(script => ({ ...script, file: name }))
      : [{ path: placed.path, text, file: name }]);
  }));
}

/** The files that scripts and cfn-init fetch, as far as they are uploaded with the template. */
function fetchedBy(resource: JsonObject, scripts: readonly Script[], filesIn: FilesIn | undefined): Script[] {
  if (!filesIn) { return []; }
  const addresses = [...scripts.filter(({ file }) => file === undefined).map(({ path, text }) => ({ path, text })), ...initAddressesOf(resource)];
  return addresses.flatMap(({ path, text }) => runningFiles(filesIn(text), undefined).map(file => ({ path, text: file.text, file: file.name })));
}

function filesOf({ source }: Scope): FilesIn | undefined {
  return source?.filesIn && (address => source.filesIn!(address));
}

/** Branches often have the same script. */
function callsIn(scripts: readonly Script[]): { script: Script; call: ImdsCall }[] {
  const found = new Map<string, { script: Script; call: ImdsCall }>();
  for (const script of scripts) {
    for (const call of imdsCallsIn(script.text)) {
      const key = `${call.kind} ${script.path} ${reasonOf(script, call)}`;
      if (!found.has(key)) { found.set(key, { script, call }); }
    }
  }
  return [...found.values()];
}

function reasonOf({ file, step, lines }: Script, { line, reason }: ImdsCall): string {
  const number = lines?.[line - 1] ?? line;
  if (file !== undefined && step === undefined) { return `${file}:${number}: ${reason}`; }
  return `${[file, step].filter(each => each !== undefined).map(each => `${each}, `).join('')}line ${number}: ${reason}`;
}

function hasInit({ Metadata: metadata }: JsonObject): boolean {
  return isObject(metadata) && !isAbsent(metadata[CFN_INIT]);
}
