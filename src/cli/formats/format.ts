import { Report } from '../../engine/findings/report';

export interface FormatOptions {
  readonly colour: boolean;

  /** Of the terminal, in characters; absent in a pipe and for a file. */
  readonly width?: number;

  /** Only what fails, and the summary; formats for machines are always whole. */
  readonly quiet: boolean;
}

/** Shows a report. Pure; the text ends with a newline. */
export type Render = (report: Report, options: FormatOptions) => string;
