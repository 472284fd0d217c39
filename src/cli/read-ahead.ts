import { availableParallelism } from 'os';
import type { MessagePort } from 'worker_threads';
import { LooseFile } from './loose-file';
import { keepYoungGenerationSmall } from './young-generation';

/** What the threads share: where the main thread is, then the state of each file. */
export const POSITION = 0;
export const FREE = 0;
export const TAKEN = 1;
export const READ = 2;
export const LEFT = 3; // to the main thread

/** What the other thread is started with. */
export interface ThreadData {
  readonly paths: readonly string[];
  readonly cwd: string;
  readonly shared: Int32Array;
  readonly port: MessagePort;
}

/** What the other thread found in a file. */
export interface Ahead {
  readonly index: number;
  readonly found: LooseFile;
}

/**
 * Up to so many files in JSON, or a tenth of that in YAML, which takes ten times as long to parse, one thread is as fast: another has
 * to start, and V8 compiles the same code for it once more.
 */
const FEW = 1_000;
const YAML = /\.ya?ml$/i;

/** So long is waited for a file that the other thread has taken. What one that died had in its hands is read once more. */
const PATIENCE_MS = 1_000;

/** Garbage is collected early and in small portions, so that the whole process stays small. Where that is too little, all goes on as with a thread that fails. */
const LIMITS = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 40 };

/**
 * Reads and parses files in one other thread, ahead of the main thread, which comes by in order and takes what is there.
 *
 * What is not there the main thread reads itself, so that without a thread, or with one that fails, the result is the same. There is
 * one, since each takes memory of its own.
 */
export class ReadAhead {
  private readonly shared: Int32Array;
  private readonly port?: MessagePort;
  private readonly found = new Map<number, LooseFile>();
  private hasMet = false;

  /** @param script a module that exports `readForMain` */
  public constructor(script: string, private readonly paths: readonly string[], cwd: string) {
    this.shared = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (paths.length + 1)));
    const cost = paths.length + 9 * paths.filter(path => YAML.test(path)).length;
    if (cost > FEW && availableParallelism() > 1) { this.port = startThread(script, { paths, cwd, shared: this.shared }); }
  }

  /** What the other thread has found in a file; undefined where it has not read it, and will not. */
  public take(index: number): LooseFile | undefined {
    if (!this.port) { return undefined; }
    this.moveTo(index);
    const state = index + 1;
    if (Atomics.compareExchange(this.shared, state, FREE, TAKEN) === FREE) { return undefined; }
    Atomics.wait(this.shared, state, TAKEN, PATIENCE_MS);
    this.collect(this.port);
    const found = this.found.get(index);
    this.found.delete(index);
    return found;
  }

  /** Lets the other thread end. */
  public end(): void {
    this.moveTo(this.paths.length);
  }

  private moveTo(position: number): void {
    Atomics.store(this.shared, POSITION, position);
    Atomics.notify(this.shared, POSITION);
  }

  private collect(port: MessagePort): void {
    const { receiveMessageOnPort } = threads();
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
      const { index, found } = next.message as Ahead;
      this.found.set(index, found);
      if (!this.hasMet) { keepYoungGenerationSmall(); }
      this.hasMet = true;
    }
  }
}

/** Undefined where there can be no thread. */
function startThread(script: string, data: Omit<ThreadData, 'port'>): MessagePort | undefined {
  try {
    const { MessageChannel, Worker } = threads();
    const { port1: ours, port2: port } = new MessageChannel();
    const thread = new Worker(`require(${JSON.stringify(script)}).readForMain()`, {
      eval: true, execArgv: [], workerData: { ...data, port } satisfies ThreadData, transferList: [port], resourceLimits: LIMITS,
    });
    thread.on('error', () => {}); // such as a lack of memory
    thread.unref();
    ours.unref();
    return ours;
  } catch {
    return undefined;
  }
}

/** Loaded where there are many files. */
function threads(): typeof import('worker_threads') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('worker_threads') as typeof import('worker_threads');
}
