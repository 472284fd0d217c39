import { existsSync } from 'fs';
import { join } from 'path';

/** From the bundle of the command line, from its compiled files and from its sources. */
const PLACES = ['../preload', '../../preload', '../../../lib/preload'];

/** The file that guards every app of a process. */
export function preloadPath(): string {
  const found = PLACES.map(place => join(__dirname, place, 'preload.js')).find(each => existsSync(each));
  if (found === undefined) { throw new Error('preload.js is not in this package'); }
  return found;
}

/** With the preload in front: of two the first is the one that works. Node reads a text in quotes with `\` before a quote and itself. */
export function nodeOptionsWith(preload: string, options: string | undefined): string {
  return [`--require="${preload.replace(/[\\"]/g, '\\$&')}"`, ...options ? [options] : []].join(' ');
}
