import { check, Checked } from './checked';
import { Difference, differenceBetween } from './difference';
import { recordedRolls } from './recorded';
import { assembliesOf, Folders, Synthesized } from './synthesized';
import { readTemplates } from '../examples/demo/assembly';

/** What became of one app. */
export interface Proof extends Synthesized {
  readonly held?: Held;
}

/** The assemblies of an app, held against each other. */
export interface Held {
  readonly before: Checked;
  readonly after: Checked;
  readonly difference: Difference;
  /** What differs between two runs without the guard. */
  readonly unsteady: Difference;
  /** Groups that the record of the guard says are renewed. */
  readonly recordedRolls: number;
}

export function prove(synthesized: Synthesized, folders: Folders): Proof {
  const { first, second, guarded } = assembliesOf(synthesized.app, folders);
  if (!synthesized.seconds) { return synthesized; }
  const before = readTemplates(first);
  const held = {
    before: check(first),
    after: check(guarded, '--require-guard'),
    difference: differenceBetween(before, readTemplates(guarded)),
    unsteady: differenceBetween(before, readTemplates(second)),
    recordedRolls: recordedRolls(guarded),
  };
  return { ...synthesized, held };
}
