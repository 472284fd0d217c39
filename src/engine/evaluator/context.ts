import { Instance } from './instance';
import { PathCondition } from './path-condition';
import { Scope } from './scope';

/** Where an expression stands and what is taken for granted there. */
export interface Context {
  readonly scope: Scope;

  /** Which of the stacks with this template, where there are several. */
  readonly instance?: Instance;

  /** How conditions must have turned out for the expression to matter. */
  readonly when?: PathCondition;
  readonly depth: number;

  /** How many functions may still be followed. Shared, so that expressions that refer to each other come to an end. */
  readonly budget: Budget;

  /** How many may be followed altogether for whom this is about, so that what is expensive comes to an end. */
  readonly allowance: Budget;
}

export interface Budget { left: number }

const MAX_DEPTH = 100;
const MAX_FUNCTIONS = 10_000;

const ANY_NAME = new Scope();

/** A context to begin with. Without a scope every name is taken for a resource, as in a construct tree. */
export function contextOf(scope: Scope = ANY_NAME, when?: PathCondition, allowance: Budget = scope.budget): Context {
  return { scope, instance: undefined, when, depth: 0, budget: { left: MAX_FUNCTIONS }, allowance };
}

/**
 * A fair share for each of the resources of a template, so that those that are alike get the same verdict, in any order.
 *
 * 5,000 where there are as many resources as CloudFormation takes.
 */
export function fairShare(resources: number): Budget {
  return { left: Math.floor(2_500_000 / resources) };
}

/** The same context with all its means, within what is allowed. */
export function afresh({ scope, instance, when, allowance }: Context): Context {
  return { scope, instance, when, depth: 0, budget: { left: MAX_FUNCTIONS }, allowance };
}

/** Where an expression stands beside another one: what was taken for granted there holds, wherever that one led. */
export function beside(context: Context, { context: { when } }: { readonly context: Context }): Context {
  return when === context.when ? context : { ...context, when };
}

/** One function deeper, or undefined where it is too deep to be followed. */
export function deeper(context: Context): Context | undefined {
  if (context.depth >= MAX_DEPTH || --context.budget.left < 0 || --context.allowance.left < 0) { return undefined; }
  return { ...context, depth: context.depth + 1 };
}
