import { WrittenCall } from './command-line';
import { documentIn, startedInScript } from './script-starts';
import { ABSENT, orElsewhere, valueIn } from './script-values';
import { PossibleValue } from '../evaluator/possible-value';
import { Command } from '../scripts/command';
import { Variables } from '../scripts/variables';
import { Api, apiOfCmdlet, apisCalled } from '../surfaces/apis';

/** `.run_instances(`, `.runInstances(`, `new RunInstancesCommand(`. */
const METHOD = /(?:\.\s*|\bnew\s+)(\w+)\s*\(/g;
const CMDLET = /(?<![\w-])[A-Za-z]+-(?:EC2|LS|SSM)\w+(?![\w-])/gi;

/** Longer arguments are not read to their end. */
const LONGEST = 5000;

/** What brings arguments from elsewhere: `**options`, `...options`, `@options`, or a lone name. */
const FROM_ELSEWHERE = /\*\*|\.\.\.|(?:^|\s)@\w|^\s*[A-Za-z_$][\w.]*\s*(?:[,)]|$)/;

/** A call and the place in the text where it begins. */
export type PlacedCall = WrittenCall & { readonly index: number };

/** The calls of an SDK for Python or JavaScript in a command. Services may have methods of the same name: the script names its service somewhere. */
export function methodCalls(command: Command, script: string, variables: Variables): PlacedCall[] {
  return [...command.text.matchAll(METHOD)].flatMap(({ 0: head, 1: method, index }) => {
    const api = apisCalled(method).find(({ service }) => script.toLowerCase().includes(service));
    if (!api) { return []; }
    const behind = command.offsetOf(index + head.length - 1) + 1; // blocks in the arguments are no part of the command's text
    return [{ index, ...callWith(api, argumentsIn(script.slice(behind, behind + LONGEST)), variables) }];
  });
}

/** The calls of AWS Tools for PowerShell in a command. */
export function cmdletCalls(command: string, variables: Variables): PlacedCall[] {
  return [...command.matchAll(CMDLET)].flatMap(({ 0: cmdlet, index }) => {
    const api = apiOfCmdlet(cmdlet);
    return api ? [{ index, ...callWith(api, command.slice(index + cmdlet.length), variables, '\\s*[:=]\\s*|\\s+') }] : [];
  });
}

/** Constants of the SDK for .NET are found whatever the case: `Required`, `[Amazon.EC2.HttpTokensState]::Required`. */
function inSmallLetters(each: PossibleValue): PossibleValue {
  return each.kind === 'value' && typeof each.value === 'string' ? { ...each, value: each.value.toLowerCase() } : each;
}

function callWith(api: Api, text: string, variables: Variables, separators?: string): WrittenCall {
  const { tokens, endpoint, enforced, container, uncontrolled, starts } = api;
  const isFromElsewhere = FROM_ELSEWHERE.test(text);
  if (starts) {
    const runbooks = startedInScript(starts, documentIn(text, starts, variables, separators), text, isFromElsewhere, variables);
    return { api, options: [], runbooks, asWritten: '' };
  }
  const at = (key: string | undefined): PossibleValue => {
    if (key === undefined) { return ABSENT; }
    const given = orElsewhere(valueIn(text, key, variables, separators), isFromElsewhere);
    return separators ? inSmallLetters(given) : given;
  };
  const path = [...container ?? [], tokens?.key].filter(step => typeof step === 'string').join('.');
  return {
    api,
    options: tokens && container ? [{ tokens: at(tokens.key), endpoint: at(endpoint), enforced: at(enforced) }] : [],
    isUncontrolled: uncontrolled?.some(step => typeof step === 'string' && step.startsWith('LaunchSpec') && text.includes(step)),
    asWritten: tokens ? `${path} as ${JSON.stringify(tokens.required)}` : '',
  };
}

/** Up to the bracket that closes them. What is between quotes closes nothing. */
function argumentsIn(text: string): string {
  let [depth, quote] = [1, ''];
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quote !== '') {
      if (character === '\\') { i++; } else if (character === quote) { quote = ''; }
    } else if (character === '"' || character === "'" || character === '`') {
      quote = character;
    } else if (character === '(') {
      depth++;
    } else if (character === ')' && --depth === 0) {
      return text.slice(0, i);
    }
  }
  return text;
}
