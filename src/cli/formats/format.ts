import { Report } from '../../engine/findings/report';

export interface FormatOptions {
  readonly colour: boolean;

  /** Of the terminal, in characters; absent in a pipe and for a file. */
  readonly width?: number;

  /** Only what fails, and the summary; formats for machines are always whole. */
  readonly quiet: boolean;

  /** Bytes that there is room for, where a report is added to something; formats for machines are always whole. */
  readonly room?: number;

  /** Takes a line for the terminal: what the report could not hold. */
  readonly tell?: (line: string) => void;
}

/** Shows a report. Pure but for what it tells; the text ends with a newline. */
export type Render = (report: Report, options: FormatOptions) => string;

/** How a command that is no check shows what it found. Pure; the text ends with a newline. */
export interface FormatOf<T> {
  render(shown: T, options: Pick<FormatOptions, 'colour'>): string;
}
