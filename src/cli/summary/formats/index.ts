import { html } from './html';
import { markdown } from './markdown';
import { text } from './text';
import { visibleJson } from '../../../engine/text/visible';
import { FormatOf } from '../../formats/format';
import { Fleet } from '../fleet';

export type SummaryFormatName = keyof typeof SUMMARY_FORMATS;

/** What `--format` of `imds-guard summary` takes. */
export const SUMMARY_FORMATS = {
  text: { render: (fleet, { colour }) => text(fleet, colour) },
  json: { render: fleet => visibleJson(fleet) },
  markdown: { render: fleet => markdown(fleet) },
  html: { render: fleet => html(fleet) },
} as const satisfies { readonly [name: string]: FormatOf<Fleet> };

export const SUMMARY_FORMAT_NAMES = Object.keys(SUMMARY_FORMATS) as readonly SummaryFormatName[];
