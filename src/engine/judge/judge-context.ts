import { Context } from '../evaluator/context';
import { whyUnknown } from '../evaluator/outcomes';
import { PathCondition } from '../evaluator/path-condition';
import { PossibleValue } from '../evaluator/possible-value';
import { Finding } from '../findings/finding';
import { fixInTemplate, Remedy } from '../findings/remedy';
import { RuleId, RULES } from '../findings/rules';
import { isObject, isScalar, JsonObject } from '../json/json';
import { isShallow } from '../json/shallow';
import { Settings } from '../surfaces/settings';
import { LaunchSurface } from '../surfaces/surface';
import { LaunchReference, LaunchReferences, LaunchReferrer } from '../templates/launch-references';

/** A resource that launches instances, as a template has it. */
export interface JudgedReferrer extends LaunchReferrer {
  readonly logicalId: string;
  readonly context: Context;
  readonly resource: JsonObject;
}

/** What a verdict on one resource needs to know. */
export interface JudgeContext {
  readonly launcher: JudgedReferrer;
  readonly connections: LaunchReferences;
  readonly settings: Settings;

  /** What was found out about its references. */
  readonly known: Known[];
}

interface Known {
  /** What was taken for granted. */
  readonly when: PathCondition | undefined;
  readonly connections: readonly LaunchReference[];
  lack?: Lack;
}

/** Whether it may be that nothing is referred to. */
export type Lack = 'never' | 'under-further-conditions' | 'always';

/** Options are resolved one by one: who has its own tokens may still take the hop limit from a template. */
export type Option = 'tokens' | 'hopLimit';

/** What a resource takes its settings from where it has none of its own: one option, or all of them. */
export interface Followed {
  readonly launcher: LaunchReferrer;
  readonly option?: Option;
}

export interface Outcome {
  readonly findings: readonly Finding[];
  readonly follows: readonly Followed[];

  /** No setting reaches the instances, or not in every branch. */
  readonly isNotGoverned?: true;
}

export const NOTHING: Outcome = { findings: [], follows: [] };

export function outcomeOf(...outcomes: readonly Outcome[]): Outcome {
  let first = NOTHING;
  let some: Outcome[] | undefined;
  for (let i = 0; i < outcomes.length; i++) {
    const each = outcomes[i];
    if (each === NOTHING) { continue; }
    if (first === NOTHING) { first = each; } else if (some) { some.push(each); } else { some = [first, each]; }
  }
  return some ? { findings: some.flatMap(each => each.findings), follows: some.flatMap(each => each.follows) } : first;
}

interface Found {
  readonly rule: RuleId;

  /** Below `Properties`. */
  readonly path?: string;

  /** Where it is not below `Properties`. */
  readonly wholePath?: string;
  readonly reason: string;
  readonly values?: readonly unknown[];

  /** Where it is not what the rule usually says. */
  readonly verdict?: Finding['verdict'];

  /** In words; absent where there is a remedy. */
  readonly fix?: string;

  /** Absent: what requires tokens. */
  readonly remedy?: Remedy;
  readonly page?: string;
}

export function finding({ launcher }: JudgeContext, { rule, path = '', wholePath, reason, values = [], verdict, fix, remedy: given, page }: Found): Outcome {
  const { surface, logicalId, resource } = launcher;
  const remedy = given ?? (fix === undefined ? remedyFor(surface) : undefined);
  const one: Finding = {
    rule,
    verdict: verdict ?? RULES[rule].verdict,
    logicalId,
    type: surface.type,
    constructPath: constructPathOf(resource),
    path: wholePath ?? (path === '' ? 'Properties' : `Properties.${path}`),
    values,
    reason,
    fix: remedy ? fixInTemplate(remedy) : fix ?? 'see the page',
    ...remedy && { remedy },
    page: page ?? surface.page,
  };
  return { findings: [one], follows: [] };
}

export function constructPathOf(resource: unknown): string | undefined {
  const path = isObject(resource) && isObject(resource.Metadata) ? resource.Metadata['aws:cdk:path'] : undefined;
  return typeof path === 'string' ? path : undefined;
}

/** The path of the object that holds the settings, or of a key in it, as users write it. */
export function settingPath({ container }: LaunchSurface, key?: string): string {
  return [...container ?? [], key].filter(each => typeof each === 'string').join('.');
}

/** Why a value is not known. */
export function reasonOf(each: PossibleValue): string {
  return whyUnknown(each) ?? 'it is not known before deployment';
}

/** A value in words, however large. */
export function shown(value: unknown): string {
  const text = isShallow(value) ? JSON.stringify(value) ?? String(value) : 'what nests too deeply';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** As a whole number, where text stands for one. */
export function numberOf(value: unknown): unknown {
  return isScalar(value) && /^\d+$/.test(String(value)) ? Number(value) : value;
}

/** How to require tokens on a resource itself, or on what it refers to. */
export function remedyFor(surface: LaunchSurface, more?: string): Remedy | undefined {
  const { tokens, container, follows } = surface;
  if (tokens && container) { return { surface, option: 'tokens', to: JSON.stringify(tokens.required), more }; }
  return follows?.[0] && { surface, option: 'reference', to: follows[0].to, more };
}
