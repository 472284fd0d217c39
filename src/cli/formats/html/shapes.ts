import { Markup, markup } from './markup';

/** One shape for each meaning, so that no colour is needed to tell them apart. Each is 16 by 16, with its sign cut out. */
export const SHAPES = {
  violation: 'M5 0h6l5 5v6l-5 5H5l-5-5V5ZM5.2 4 8 6.8 10.8 4 12 5.2 9.2 8l2.8 2.8-1.2 1.2L8 9.2 5.2 12 4 10.8 6.8 8 4 5.2Z',
  undecided: 'M8 .6 16 15H0ZM7.2 5.4h1.6v5H7.2Zm0 6h1.6V13H7.2Z',
  compliant: 'M8 0a8 8 0 0 1 0 16A8 8 0 0 1 8 0ZM6.8 11.9 3.3 8.5l1.2-1.3 2.3 2.2 4.7-4.8 1.2 1.3Z',
  note: 'M3 0h10l3 3v10l-3 3H3l-3-3V3ZM7.2 3h1.6v1.8H7.2Zm0 3.2h1.6V13H7.2Z',
} as const;

export type Shape = keyof typeof SHAPES;

export function icon(name: Shape): Markup {
  return markup`<svg class="icon ${name}" viewBox="0 0 16 16" aria-hidden="true"><path fill-rule="evenodd" d="${SHAPES[name]}"/></svg>`;
}

/** A word with its shape before it. The style draws that: an element for each would double the time that thousands of findings take to open. */
export function level(name: Shape, label: string): Markup {
  return markup`<span class="level ${name}">${label}</span>`;
}

/** Parts of bars that are striped, dotted and lined, for the same reason. */
export const PATTERNS = new Markup(`<svg class="patterns" aria-hidden="true">
<pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="undecided" width="6" height="6"/>
<rect class="ground" width="1.5" height="6"/></pattern>
<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="ungoverned" width="6" height="6"/>
<circle class="ground" cx="3" cy="3" r="1"/></pattern>
<pattern id="lines" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="exempt" width="5" height="5"/>
<rect class="ground" width="1.5" height="5"/></pattern>
</svg>
`);
