import { judgeCall } from './judge-calls';
import { JudgeContext, constructPathOf, finding, NOTHING, Outcome, outcomeOf } from './judge-context';
import { mayHaveUserData } from './needs';
import { callsInScript } from '../calls/in-script';
import { Scope } from '../evaluator/scope';
import { AssetFile } from '../evaluator/source';
import { Finding } from '../findings/finding';
import { RULES } from '../findings/rules';
import { isAbsent, isObject, JsonObject, stringsIn } from '../json/json';
import { isShallow } from '../json/shallow';
import { documentScripts, placedAt, scriptsHeldIn } from '../scripts/held-scripts';
import { ImdsCall, imdsCallsIn } from '../scripts/imds-calls';
import { runningFiles } from '../scripts/running-files';
import { initAddressesOf, Script, scriptsOf } from '../scripts/script-text';
import { CFN_INIT, ScriptHolder, scriptHolderOf } from '../surfaces/script-places';

/** How a template knows the files that are uploaded with it. */
type FilesIn = (address: string) => readonly AssetFile[];

/** How to ask with a token. */
const CALLS = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html';

/** Scripts of a resource that launches instances, which call IMDS in a way that breaks where version 2 is required, or AWS in a way that has version 1 answered. */
export function judgeScripts(one: JudgeContext): Outcome {
  const { surface: { userData }, resource, context } = one.launcher;
  const hasUserData = userData !== undefined && mayHaveUserData(resource.Properties, userData);
  if (!hasUserData && !hasInit(resource)) { return NOTHING; }
  const scripts = scriptsOf(resource, userData);
  const all = [...scripts, ...fetchedBy(resource, scripts, filesOf(context.scope))];
  return outcomeOf(
    ...callsIn(all).map(({ script, call }) => finding(one, {
      rule: call.kind, wholePath: script.path, values: [call.text], reason: reasonOf(script, call), fix: call.fix, page: CALLS,
    })),
    ...all.flatMap(({ path, text, file }) => callsInScript(text, path, file).map(call => judgeCall(one, call))),
  );
}

/** The same of other resources, which have scripts in places of their own. `isMade`: whether resources with a condition are ever made. */
export function findingsInScripts(scope: Scope, isLauncher: (logicalId: string) => boolean, isMade: (condition: unknown) => boolean): Finding[] {
  return Object.entries(scope.resources).flatMap(([logicalId, resource]) => {
    if (!isObject(resource) || typeof resource.Type !== 'string') { return []; }
    const holder = scriptHolderOf(resource.Type);
    const init = hasInit(resource) && !isLauncher(logicalId);
    if ((!holder && !init) || (resource.Condition !== undefined && !isMade(resource.Condition))) { return []; }
    const scripts = [...init ? scriptsOf(resource, undefined) : [], ...holder ? heldBy(holder, resource, scope) : []];
    const all = [...scripts, ...fetchedBy(init ? resource : {}, scripts, filesOf(scope))];
    return callsIn(all).map(({ script, call }): Finding => ({
      rule: call.kind,
      verdict: RULES[call.kind].verdict,
      logicalId,
      type: resource.Type as string,
      constructPath: constructPathOf(resource),
      path: script.path,
      values: [call.text],
      reason: reasonOf(script, call),
      fix: call.fix,
      page: holder?.page ?? CALLS,
    }));
  });
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
