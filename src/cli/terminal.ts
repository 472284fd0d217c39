/** What a run reaches outside: replaced in tests. */
export interface Terminal {
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  readonly isTerminal: { readonly stdout: boolean; readonly stderr: boolean };

  /** How wide standard output is; absent in a pipe. */
  readonly columns?: number;

  /** This module, for other threads. */
  readonly threadScript?: string;

  /** The file that `NODE_OPTIONS=--require=…` names. */
  readonly preload: string;

  /** What somebody at the keyboard answers, empty where the input ends; undefined where there is nobody. */
  readonly ask?: (question: string) => Promise<string>;
  stdin(): Promise<Buffer>;
  stdout(text: string): void;
  stderr(text: string): void;
}
