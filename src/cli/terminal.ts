/** What a run reaches outside: replaced in tests. */
export interface Terminal {
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  readonly isTerminal: { readonly stdout: boolean; readonly stderr: boolean };

  /** This module, for other threads. */
  readonly threadScript?: string;
  stdin(): Promise<Buffer>;
  stdout(text: string): void;
  stderr(text: string): void;
}
