/** The colours of a theme: text 4.5 to 1 against both grounds, lines of controls and bars 3 to 1. */
export interface Palette {
  readonly page: string;
  readonly surface: string;
  readonly text: string;
  readonly muted: string;

  /** Separates, says nothing. */
  readonly line: string;
  readonly control: string;
  readonly link: string;
  readonly violation: string;
  readonly undecided: string;
  readonly compliant: string;
  readonly ungoverned: string;
  readonly note: string;
}

export const LIGHT: Palette = {
  page: '#ffffff',
  surface: '#f5f7f9',
  text: '#16202b',
  muted: '#52606d',
  line: '#d9dfe5',
  control: '#7b8794',
  link: '#0a58a8',
  violation: '#b42318',
  undecided: '#8a5300',
  compliant: '#1a7445',
  ungoverned: '#65707c',
  note: '#3a5a9b',
};

export const DARK: Palette = {
  page: '#0f151c',
  surface: '#18212b',
  text: '#e8edf2',
  muted: '#a6b3c0',
  line: '#2e3a47',
  control: '#788797',
  link: '#83bbff',
  violation: '#ff8d80',
  undecided: '#efb54c',
  compliant: '#63c98d',
  ungoverned: '#98a5b2',
  note: '#a3bdf2',
};

/** As custom properties of CSS. */
export function declarations(palette: Palette): string {
  return Object.entries(palette).map(([name, colour]) => `--${name}:${colour};`).join('');
}
