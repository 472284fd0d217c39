import { FormatOptions } from '../format';
import { markup } from './markup';
import { pageOf } from './page';
import { sectionsOf } from './sections';
import { headlineOf, summary } from './summary';
import { Report } from '../../../engine/findings/report';

/** The report as one HTML file. */
export function html(report: Report, { quiet }: FormatOptions): string {
  const { name, version } = report.tool;
  return pageOf({
    title: `${headlineOf(report)} · ${name}`,
    kind: report.findings.length > MANY ? 'many' : undefined,
    header: summary(report),
    sections: sectionsOf(report, { quiet }),
    footer: markup`Written by ${name} ${version} on ${report.date}. The same for machines: <code>--format json</code>.`,
  });
}

/** From so many findings on, the browser lays out only those in view. */
const MANY = 200;
