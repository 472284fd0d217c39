import { Render } from './format';
import { github } from './github';
import { gitlab } from './gitlab';
import { html } from './html/html';
import { json } from './json';
import { junit } from './junit';
import { markdown } from './markdown';
import { sarif } from './sarif';
import { text } from './text';

export type { FormatOptions, Render } from './format';

export interface Format {
  readonly render: Render;

  /** Of a file, where the user names none. */
  readonly extension: string;
}

export type FormatName = keyof typeof FORMATS;

/** What `--format` takes. Each is called inside a function, since compiled imports load their file at the first use. */
export const FORMATS = {
  text: { extension: '.txt', render: (report, options) => text(report, options) },
  json: { extension: '.json', render: report => json(report) },
  sarif: { extension: '.sarif', render: (report, options) => sarif(report, options) },
  junit: { extension: '.xml', render: report => junit(report) },
  markdown: { extension: '.md', render: (report, options) => markdown(report, options) },
  html: { extension: '.html', render: (report, options) => html(report, options) },
  github: { extension: '.txt', render: (report, options) => github(report, options) },
  gitlab: { extension: '.json', render: report => gitlab(report) },
} as const satisfies { readonly [name: string]: Format };

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];
