import { Markup, markup } from './markup';
import { Verdict } from '../../../engine/findings/finding';

/** What is shown of a resource: `exempt` where an exemption covers all that its verdict comes from. */
type Shown = Verdict | 'exempt';
export type Tally = Readonly<Record<Shown, number>>;

/** How a verdict is shown: the order of bars and columns, the class that colours it, its name. */
const SHOWN = [
  { verdict: 'violation', style: 'violation', label: 'Violation' },
  { verdict: 'cannot tell', style: 'undecided', label: 'Cannot tell' },
  { verdict: 'exempt', style: 'exempt', label: 'Exempt' },
  { verdict: 'not governed', style: 'ungoverned', label: 'Not governed' },
  { verdict: 'compliant', style: 'compliant', label: 'Compliant' },
] as const satisfies readonly { readonly verdict: Shown; readonly style: string; readonly label: string }[];

/** Those that there is something to tell about: many reports have nothing that is exempt. */
export function shownIn(tallies: readonly Tally[]): readonly (typeof SHOWN[number])[] {
  return SHOWN.filter(({ verdict }) => verdict !== 'exempt' || tallies.some(({ exempt }) => exempt > 0));
}

export function tallyOf(resources: readonly Shown[]): Tally {
  const tally = { 'compliant': 0, 'violation': 0, 'cannot tell': 0, 'not governed': 0, 'exempt': 0 };
  resources.forEach(each => { tally[each] += 1; });
  return tally;
}

export function sizeOf(tally: Tally): number {
  return Object.values(tally).reduce((sum, count) => sum + count, 0);
}

/** Percent that a part has at least, so that one among thousands is still seen. */
const LEAST = 2;

/**
 * The verdicts as parts of one bar, which is as long as there are resources: `scale` of them fill it. It is a picture of numbers that
 * stand beside it, so it is not read out.
 */
export function bar(tally: Tally, scale = sizeOf(tally)): Markup {
  const widths = SHOWN.map(({ verdict }) => tally[verdict] === 0 ? 0 : Math.max(LEAST, tally[verdict] * 100 / scale));
  const whole = Math.max(100, widths.reduce((sum, width) => sum + width, 0));
  let start = 0;
  const parts = SHOWN.flatMap(({ style }, i) => {
    if (widths[i] === 0) { return []; }
    const width = widths[i] * 100 / whole;
    start += width;
    return [markup`<rect class="${style}" x="${percent(start - width)}" width="${percent(width)}" height="100%"/>`];
  });
  return markup`<svg class="bar" aria-hidden="true">${parts}</svg>`;
}

/** The numbers that the bar is a picture of. */
export function legend(tally: Tally): Markup {
  return markup`<dl class="legend">${shownIn([tally]).map(({ verdict, style, label }) => (
    markup`<div><dt><svg class="swatch" aria-hidden="true"><rect class="${style}" width="100%" height="100%"/></svg>${label}</dt>
<dd>${tally[verdict]}</dd></div>
`))}</dl>`;
}

function percent(value: number): string {
  return `${Number(value.toFixed(2))}%`;
}
