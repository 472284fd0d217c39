import { createHash } from 'node:crypto';
import { Insert, Markup, markup } from './markup';
import { SCRIPT } from './script';
import { Section, section } from './sections';
import { PATTERNS } from './shapes';
import { STYLE } from './style';

export interface Page {
  readonly title: string;

  /** A class of the body. */
  readonly kind?: string;
  readonly header: Insert;
  readonly sections: readonly Section[];
  readonly footer: Insert;

  /** Beside the style that all pages have. */
  readonly style?: string;
}

/**
 * One HTML file that loads nothing: to be kept as an artifact of a build, mailed, printed.
 *
 * It reads the same without its script, which only filters and folds.
 */
export function pageOf({ title, kind, header, sections, footer, style: own = '' }: Page): string {
  const style = `${STYLE}${own}`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy(style))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body${kind !== undefined && markup` class="${kind}"`}>
<a class="skip" href="#content">Skip to the content</a>
${PATTERNS}${header}
<nav aria-label="Contents"><ul>${sections.map(each => markup`<li><a href="#${each.id}">${each.title} <span class="count">${each.count}</span></a></li>
`)}</ul></nav>
<main id="content" tabindex="-1">
${sections.map(section)}</main>
<footer><p>${footer}</p></footer>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.text;
}

/** Only this style and this script: whatever a template smuggles in neither runs nor loads anything. */
function policy(style: string): string {
  return `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'none'`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
