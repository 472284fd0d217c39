import { judgeCall } from './judge-calls';
import { JudgeContext, finding, NOTHING, Outcome, outcomeOf } from './judge-context';
import { mayHaveUserData } from './needs';
import { callsInScript } from '../calls/in-script';
import { isAbsent, isObject, JsonObject } from '../json/json';
import { imdsCallsIn } from '../scripts/imds-calls';
import { scriptsOf } from '../scripts/script-text';
import { Step } from '../surfaces/surface';

/** Scripts that call IMDS in a way that breaks where version 2 is required, or AWS in a way that has version 1 answered. */
export function judgeScripts(one: JudgeContext): Outcome {
  const { surface: { userData }, resource } = one.launcher;
  if (!userData || !mayHaveScripts(resource, userData)) { return NOTHING; }
  return outcomeOf(...scriptsOf(resource, userData).flatMap(script => [
    ...imdsCallsIn(script.text).map(call => finding(one, {
      rule: call.kind,
      wholePath: script.path,
      values: [call.text],
      reason: `line ${call.line}: ${call.reason}`,
      fix: call.fix,
    })),
    ...callsInScript(script.text, script.path).map(call => judgeCall(one, call)),
  ]));
}

/** Most resources that have none are recognized at a glance. */
function mayHaveScripts({ Properties: properties, Metadata: metadata }: JsonObject, userData: readonly Step[]): boolean {
  return mayHaveUserData(properties, userData) || (isObject(metadata) && !isAbsent(metadata['AWS::CloudFormation::Init']));
}
