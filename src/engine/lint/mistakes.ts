import { KEY_MISTAKES } from './key-mistakes';
import { Mistake } from './mistake';
import { NARROWING_MISTAKES } from './narrowing-mistakes';
import { RESOURCE_MISTAKES } from './resource-mistakes';
import { SILENCE_MISTAKES } from './silence-mistakes';
import { VALUE_MISTAKES } from './value-mistakes';

/** Every mistake, in the order of what explains most. */
export const MISTAKES: readonly Mistake[] = [...KEY_MISTAKES, ...VALUE_MISTAKES, ...RESOURCE_MISTAKES, ...NARROWING_MISTAKES, ...SILENCE_MISTAKES];
