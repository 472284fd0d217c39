import { afresh, beside, Context, contextOf } from '../evaluator/context';
import { PossibleValue } from '../evaluator/possible-value';
import { possibleValuesAt } from '../evaluator/possible-values';
import { isSame } from '../json/json';
import { LaunchSurface, Mode } from '../surfaces/surface';

export interface Launches {
  /** Where instances are launched that settings reach, as far as the properties that decide about it tell. */
  readonly governed: readonly Context[];

  /** Why no setting reaches the instances that are launched elsewhere, if there are any. */
  readonly whyNotGoverned?: string;
}

/** Where a resource launches instances: not where it is on Fargate and the like. */
export function launchesOf(
  { noControl, launchesNothing = [], serviceManaged = [] }: LaunchSurface, properties: unknown, context: Context = contextOf(),
): Launches {
  const launching = launchesNothing.reduce((left, row) => without(row, properties, left), [context]);
  if (noControl !== undefined) { return { governed: [], whyNotGoverned: launching.length > 0 ? noControl : undefined }; }
  const mode = serviceManaged.find(row => launching.some(each => valuesAt(row, properties, each).some(value => isMeant(value, row))));
  return { governed: serviceManaged.reduce((left, row) => without(row, properties, left), launching), whyNotGoverned: mode?.why };
}

type Values = Pick<Mode, 'path' | 'values'>;

function without(row: Values, properties: unknown, contexts: readonly Context[]): Context[] {
  return contexts.flatMap(context => {
    const found = valuesAt(row, properties, context);
    const others = found.filter(each => !isMeant(each, row));
    if (others.length === found.length) { return [context]; }
    return [...new Map(others.map(each => [each.context.when, beside(context, each)])).values()];
  });
}

function valuesAt({ path }: Values, properties: unknown, context: Context): PossibleValue[] {
  return possibleValuesAt(properties, path, afresh(context));
}

function isMeant(each: PossibleValue, { values }: Values): boolean {
  return each.kind === 'value' && (values?.some(value => isSame(each.value, value)) ?? true);
}
