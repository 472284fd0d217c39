import { setFlagsFromString } from 'v8';

/**
 * Keeps V8 from giving new objects ever more room, up to 48 MB: what parsing leaves behind is garbage at once, and is collected as fast
 * in small portions. There is no other way once the process runs. A new thread undoes it, so it is said again once that is there.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** As V8 has it by default: it refuses compiled code that was kept while the flags were others. */
export function letYoungGenerationGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
