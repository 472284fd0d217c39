import { createHash } from 'node:crypto';
import { FormatOptions } from '../format';
import { Markup, markup } from './markup';
import { SCRIPT } from './script';
import { section, sectionsOf } from './sections';
import { PATTERNS } from './shapes';
import { STYLE } from './style';
import { headlineOf, summary } from './summary';
import { Report } from '../../../engine/findings/report';

/**
 * The report as one HTML file that loads nothing: to be kept as an artifact of a build, mailed, printed.
 *
 * It reads the same without its script, which only filters and folds.
 */
export function html(report: Report, { quiet }: FormatOptions): string {
  const sections = sectionsOf(report, { quiet });
  const { name, version } = report.tool;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy())}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${headlineOf(report)} · ${name}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body${report.findings.length > MANY && new Markup(' class="many"')}>
<a class="skip" href="#content">Skip to the content</a>
${PATTERNS}${summary(report)}
<nav aria-label="Contents"><ul>${sections.map(each => markup`<li><a href="#${each.id}">${each.title} <span class="count">${each.count}</span></a></li>
`)}</ul></nav>
<main id="content" tabindex="-1">
${sections.map(section)}</main>
<footer><p>Written by ${name} ${version} on ${report.date}. The same for machines: <code>--format json</code>.</p></footer>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.text;
}

/** From so many findings on, the browser lays out only those in view. */
const MANY = 200;

/** Only this style and this script: whatever a template smuggles in neither runs nor loads anything. */
function policy(): string {
  return `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'none'`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
