import { assuming, subjectOf, truthOf } from './conditions';
import { beside, Context } from './context';
import { valueFromTemplate } from './cross-template';
import { keyOf } from './distinct';
import { exporting, nestedIn } from './instance';
import { findInMap } from './mappings';
import { attribute, symbolIn, symbolOf, unknown, value, whyUnknown } from './outcomes';
import { possibleParameterValues } from './parameters';
import { assumedValue } from './path-condition';
import { Evaluate, PossibleValue } from './possible-value';
import { elementAt } from './select';
import { join, parsedText, sub } from './texts';
import { isObject, isScalar } from '../json/json';
import { PARSED_TEXT } from '../json/json-text';

/** What a function makes of its argument; undefined where it is malformed or cannot be followed. */
export type IntrinsicFunction = (argument: unknown, context: Context, evaluate: Evaluate) => PossibleValue[] | undefined;

/** The functions of CloudFormation that can be followed before deployment. */
export const INTRINSIC_FUNCTIONS: ReadonlyMap<string, IntrinsicFunction> = new Map<string, IntrinsicFunction>([
  ['Ref', (name, context, evaluate) => typeof name === 'string' ? refTo(name, context, evaluate) : undefined],
  ['Fn::Base64', (text, context, evaluate) => evaluate(text, context)],
  ['Fn::FindInMap', findInMap],
  ['Fn::GetAtt', getAtt],
  ['Fn::GetStackOutput', getStackOutput],
  ['Fn::If', (argument, context, evaluate) => ifElse(argument, context, evaluate)],
  ['Fn::ImportValue', importValue],
  ['Fn::Join', join],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', sub],
  [PARSED_TEXT, parsedText],
]);

function refTo(name: string, context: Context, evaluate: Evaluate): PossibleValue[] {
  const { scope } = context;
  if (Object.hasOwn(scope.parameters, name)) { return possibleParameterValues(name, context, evaluate); }
  if (name.startsWith('AWS::')) {
    const known = scope.pseudoParameter(name) ?? assumedValue(context.when, subjectOf({ Ref: name }, context));
    if (known !== undefined) { return [value(context, known)]; }
    return [unknown(context, `${name} is only known when the stack is deployed`, { symbol: symbolIn(context, name) })];
  }
  return [scope.mayHave(name) ? attribute(context, name, 'Ref') : unknown(context, `Ref ${name} names nothing in this template`)];
}

/** In its list and its dotted form. */
function getAtt(argument: unknown, context: Context, evaluate: Evaluate): PossibleValue[] | undefined {
  const parts: unknown = typeof argument === 'string' ? argument.split('.') : argument;
  if (!Array.isArray(parts) || parts.length < 2 || !parts.every(part => typeof part === 'string')) { return undefined; }
  const [logicalId, ...names] = parts as string[];
  const name = names.join('.');
  if (name.startsWith('Outputs.')) {
    const located = context.scope.otherTemplates?.output(context.scope, logicalId, name.slice('Outputs.'.length)) ?? [];
    const parent = context.scope.addressOf(logicalId);
    const found = valueFromTemplate(located, context, evaluate, () => nestedIn(parent, context.instance));
    if (found.length > 0) { return found; }
  }
  return [context.scope.mayHave(logicalId) ? attribute(context, logicalId, name) : unknown(context, `Fn::GetAtt ${logicalId}.${name} names nothing in this template`)];
}

/** @param inBranch what is made of a branch, where that is not its value */
export function ifElse(argument: unknown, context: Context, evaluate: Evaluate, inBranch = evaluate): PossibleValue[] | undefined {
  if (!Array.isArray(argument) || argument.length !== 3) { return undefined; }
  const [condition, ...branches] = argument;
  const known = truthOf({ Condition: condition }, context, evaluate);
  if (known !== undefined) { return inBranch(branches[known ? 0 : 1], context); }
  return [true, false].flatMap((holds, i) => inBranch(branches[i], { ...context, when: assuming({ Condition: condition }, holds, context) }));
}

function importValue(argument: unknown, context: Context, evaluate: Evaluate): PossibleValue[] {
  return evaluate(argument, context).flatMap(name => {
    const key = keyOf(name);
    const located = key === undefined ? [] : context.scope.otherTemplates?.exported(context.scope, key) ?? [];
    const found = valueFromTemplate(located, name.context, evaluate, () => exporting(key!));
    if (found.length > 0) { return found; }
    const symbol = key === undefined ? undefined : symbolOf(`import ${key}`);
    if (name.kind === 'value' && isScalar(name.value)) {
      return [unknown(context, `the export ${name.value} is not among the templates`, { symbol, source: String(name.value) })];
    }
    return [unknown(context, `the export's name is not known: ${reasonOf(name)}`, { symbol, source: sourceOf(name) })];
  });
}

/**
 * What it reads through a role may be in another account, so that is not followed.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
 */
function getStackOutput(argument: unknown, context: Context, evaluate: Evaluate): PossibleValue[] | undefined {
  if (!isObject(argument) || argument.RoleArn !== undefined) { return undefined; }
  const { StackName: stackName, OutputName: output, Region: region } = argument;
  if (stackName === undefined || typeof output !== 'string') { return undefined; }
  const isHere = region === undefined || (isObject(region) && region.Ref === 'AWS::Region');
  return evaluate(stackName, context).flatMap(stack => {
    if (stack.kind !== 'value' || !isScalar(stack.value)) { return [unknown(context, `the stack's name is not known: ${reasonOf(stack)}`)]; }
    const name = String(stack.value);
    const from = (where: Context, place?: unknown): PossibleValue[] => {
      const located = context.scope.otherTemplates?.stackOutput(context.scope, name, output, place === undefined ? undefined : String(place)) ?? [];
      const found = valueFromTemplate(located, where, evaluate, () => exporting(`${name} ${output}`));
      return found.length > 0 ? found : [unknown(where, `the output ${output} of the stack ${name} is not among the templates`, { source: `${name}.${output}` })];
    };
    const there = beside(context, stack);
    if (isHere) { return from(there); }
    return evaluate(region, there).flatMap(each => each.kind === 'value' && isScalar(each.value)
      ? from(each.context, each.value) : [unknown(each.context, `the stack's Region is not known: ${reasonOf(each)}`)]);
  });
}

function select(argument: unknown, context: Context, evaluate: Evaluate): PossibleValue[] | undefined {
  if (!Array.isArray(argument) || argument.length !== 2) { return undefined; }
  const [index, list] = argument as unknown[];
  return evaluate(index, context).flatMap(position => evaluate(list, beside(context, position)).flatMap(each => {
    if (position.kind !== 'value') { return [hidden(position)]; }
    if (each.kind !== 'value') { return [hidden(each)]; }
    const at = isScalar(position.value) ? Number(position.value) : NaN;
    const { allowedBy, source } = each;
    return elementAt(Array.isArray(each.value) ? each.value : [], at, each.context, evaluate).map(one => one.kind === 'value' ? { allowedBy, source, ...one } : one);
  }));
}

function split(argument: unknown, context: Context, evaluate: Evaluate): PossibleValue[] | undefined {
  if (!Array.isArray(argument) || argument.length !== 2 || typeof argument[0] !== 'string') { return undefined; }
  const [delimiter, text] = argument as [string, unknown];
  return evaluate(text, context).map(each => {
    if (each.kind !== 'value') { return hidden(each); }
    const { context: where, value: known, ...from } = each;
    return isScalar(known) ? value(where, String(known).split(delimiter), from) : unknown(where, 'Fn::Split needs a text');
  });
}

/** A part of what is not known. */
function hidden(whole: PossibleValue): PossibleValue {
  return unknown(whole.context, reasonOf(whole), { source: sourceOf(whole) });
}

function sourceOf(each: PossibleValue): string | undefined {
  return 'source' in each ? each.source : undefined;
}

function reasonOf(each: PossibleValue): string {
  return whyUnknown(each) ?? 'it is not a text';
}
