import { statSync } from 'fs';
import { workerData } from 'worker_threads'; // loaded with this file: in a thread that reads ahead
import { LooseFile, readLooseFile } from './loose-file';
import { Ahead, FREE, LEFT, POSITION, READ, TAKEN, ThreadData } from './read-ahead';
import { shownPath } from './shown-path';
import { relevantPart } from '../engine/templates/relevant-part';

/** The main thread reads the next few itself, so that neither waits for the other. */
const DISTANCE = 8;

/** So far ahead, results wait in memory. */
const FARTHEST = 32;

/** Larger files are left to the main thread: one at a time, they take enough memory. */
const LARGE = 256 * 1024;

/** Reads what the main thread has not come to yet, until that is through. */
export function readForMain(): void {
  const { paths, cwd, shared, port } = workerData as ThreadData;
  for (let index = 0; index < paths.length;) {
    const position = Atomics.load(shared, POSITION);
    index = Math.max(index, position + DISTANCE);
    if (index > position + FARTHEST) {
      Atomics.wait(shared, POSITION, position);
    } else if (index < paths.length && Atomics.compareExchange(shared, index + 1, FREE, TAKEN) === FREE) {
      const found = foundIn(paths[index], cwd);
      if (found) { port.postMessage({ index, found } satisfies Ahead); }
      Atomics.store(shared, index + 1, found ? READ : LEFT);
      Atomics.notify(shared, index + 1);
    } else {
      index++;
    }
  }
}

/** With only as much of a template as matters, which is far less to hand over. Undefined: the main thread finds out itself. */
function foundIn(path: string, cwd: string): LooseFile | undefined {
  try {
    const stats = statSync(path);
    if (stats.size > LARGE || !stats.isFile()) { return undefined; } // a pipe gives what it has only once
    const found = readLooseFile(path, shownPath(path, cwd), false);
    if (found.outcome !== 'read') { return found; }
    const { read } = found;
    return { ...found, read: { ...read, template: relevantPart(read.template, read.imports).template } };
  } catch {
    return undefined;
  }
}
