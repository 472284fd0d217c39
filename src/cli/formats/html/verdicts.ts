import { Markup, markup } from './markup';
import { ExaminedResource, Verdict } from '../../../engine/findings/finding';

export type Tally = Readonly<Record<Verdict, number>>;

/** How a verdict is shown: the order of bars and columns, the class that colours it, its name. */
export const SHOWN_VERDICTS = [
  { verdict: 'violation', style: 'violation', label: 'Violation' },
  { verdict: 'cannot tell', style: 'undecided', label: 'Cannot tell' },
  { verdict: 'not governed', style: 'ungoverned', label: 'Not governed' },
  { verdict: 'compliant', style: 'compliant', label: 'Compliant' },
] as const satisfies readonly { readonly verdict: Verdict; readonly style: string; readonly label: string }[];

export function tallyOf(resources: readonly ExaminedResource[]): Tally {
  const tally = { 'compliant': 0, 'violation': 0, 'cannot tell': 0, 'not governed': 0 };
  resources.forEach(each => { tally[each.verdict] += 1; });
  return tally;
}

/** Percent that a part has at least, so that one among thousands is still seen. */
const LEAST = 2;

/** The verdicts as parts of one bar. It is a picture of numbers that stand beside it, so it is not read out. */
export function bar(tally: Tally): Markup {
  const widths = SHOWN_VERDICTS.map(({ verdict }) => tally[verdict] === 0 ? 0 : Math.max(LEAST, share(tally, verdict)));
  const whole = widths.reduce((sum, width) => sum + width, 0);
  let start = 0;
  const parts = SHOWN_VERDICTS.flatMap(({ style }, i) => {
    if (widths[i] === 0) { return []; }
    const width = widths[i] * 100 / whole;
    start += width;
    return [markup`<rect class="${style}" x="${percent(start - width)}" width="${percent(width)}" height="100%"/>`];
  });
  return markup`<svg class="bar" aria-hidden="true">${parts}</svg>`;
}

/** The numbers that the bar is a picture of. */
export function legend(tally: Tally): Markup {
  return markup`<dl class="legend">${SHOWN_VERDICTS.map(({ verdict, style, label }) => (
    markup`<div><dt><svg class="swatch" aria-hidden="true"><rect class="${style}" width="100%" height="100%"/></svg>${label}</dt>
<dd>${tally[verdict]}</dd></div>
`))}</dl>`;
}

function share(tally: Tally, verdict: Verdict): number {
  return tally[verdict] * 100 / Object.values(tally).reduce((sum, count) => sum + count, 0);
}

function percent(value: number): string {
  return `${Number(value.toFixed(2))}%`;
}
