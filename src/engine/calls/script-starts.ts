import { ABSENT, CONTEXT, orElsewhere, valueIn } from './script-values';
import { value } from '../evaluator/outcomes';
import { PossibleValue } from '../evaluator/possible-value';
import { Variables } from '../scripts/variables';
import { Start } from '../surfaces/surface';
import { ParameterPath, startedByName, StartedRunbook } from '../templates/started-runbooks';

/** Between a key and its value, which may be in a list: `HttpTokens=required`, `"HttpTokens": ["required"]`, `HttpTokens = @('required')`. */
const SEPARATORS = '\\s*[:=]\\s*@?[[({]?\\s*';

/** The automation that a script starts: `name` is that of the document, `text` what says the parameters. */
export function startedInScript(start: Start, name: PossibleValue, text: string, isFromElsewhere: boolean, variables: Variables): StartedRunbook[] {
  const given = ([parameter, ...rest]: ParameterPath): PossibleValue[] => {
    const key = [parameter, ...rest].filter(step => typeof step === 'string').at(-1)!;
    const written = valueIn(text, key, variables, SEPARATORS);
    const isThere = written.kind === 'absent' && rest.length === 0 && text.includes(`${parameter}`);
    return [isThere ? value(CONTEXT, text) : orElsewhere(written, isFromElsewhere)];
  };
  return startedByName(name, { start, given, context: CONTEXT });
}

/** The name of the document where it stands among the other arguments. */
export function documentIn(text: string, { document }: Start, variables: Variables, separators?: string): PossibleValue {
  return text === '' ? ABSENT : valueIn(text, String(document.at(-1)), variables, separators);
}
