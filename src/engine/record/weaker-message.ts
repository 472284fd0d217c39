import { RecordedWeakness } from './guard-record';

const TEXTS: Readonly<Record<RecordedWeakness['outcome'], string>> = {
  counts: 'it counts; `forbidExemptions` on the scope around it would rule that out',
  forbidden: 'that does not count, since exemptions are forbidden here',
  overruled: 'that does not count, since the same scope is enforced; remove one of the two calls',
  outranked: 'that does not count, since the preload guards the app with settings that it cannot weaken',
};

/** What may become of such a call. */
export const OUTCOMES: readonly string[] = Object.keys(TEXTS);

/** What is told about a call that asks for less than what holds around it. */
export function weakerMessage({ by, scope, what, outcome }: Pick<RecordedWeakness, 'by' | 'scope' | 'what' | 'outcome'>): string {
  return `${by} on ${scope || 'the app'} is weaker than what holds there: ${what.join(', ')}; ${TEXTS[outcome]}`;
}
