import { html } from './html';
import { markdown } from './markdown';
import { text } from './text';
import { visibleJson } from '../../../engine/text/visible';
import { Fleet } from '../fleet';

export interface SummaryFormat {
  /** Shows a summary. Pure; the text ends with a newline. */
  render(fleet: Fleet, options: { readonly colour: boolean }): string;
}

export type SummaryFormatName = keyof typeof SUMMARY_FORMATS;

/** What `--format` of `imds-guard summary` takes. */
export const SUMMARY_FORMATS = {
  text: { render: (fleet, { colour }) => text(fleet, colour) },
  json: { render: fleet => visibleJson(fleet) },
  markdown: { render: fleet => markdown(fleet) },
  html: { render: fleet => html(fleet) },
} as const satisfies { readonly [name: string]: SummaryFormat };

export const SUMMARY_FORMAT_NAMES = Object.keys(SUMMARY_FORMATS) as readonly SummaryFormatName[];
