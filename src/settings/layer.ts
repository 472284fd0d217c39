/** Who says what holds, from the weakest to the strongest: the organization's file, the repository's, the command line. */
export const SETTERS = ['organization', 'repository', 'command line'] as const;
export type Setter = typeof SETTERS[number];

/** Options as the command line or a settings file spells them. */
export type RawOptions = { readonly [name: string]: unknown };

/** What one of those who may set options says. */
export interface Layer {
  readonly by: Setter;

  /** The settings file; undefined for the command line. */
  readonly file?: string;
  readonly raw: RawOptions;
}
