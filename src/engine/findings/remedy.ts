import { wantedIn } from '../evaluator/list-elements';
import { JSON_TEXT, LaunchSurface, ListStep, Step } from '../surfaces/surface';

/** What to do about one setting, before it is put into words: a template and CDK code write it in different ways. */
export interface Remedy {
  /** The row, at the place in question. */
  readonly surface: LaunchSurface;

  /** `reference`: what the resource launches from has the setting. */
  readonly option: 'tokens' | 'hopLimit' | 'endpoint' | 'reference';

  /** The value in words, as JSON spells it. */
  readonly to: string;

  /** What else is to be said. */
  readonly more?: string;

  /** The edit replaces what is pinned to the version of the template. */
  readonly replaces?: true;
}

/** The key that an option has. */
export function keyOf({ surface, option }: Pick<Remedy, 'surface' | 'option'>): string | undefined {
  return { tokens: surface.tokens?.key, hopLimit: surface.hopLimit, endpoint: surface.endpoint, reference: undefined }[option];
}

/** In the words of a template. Of a document inside it, such as a manifest of Kubernetes, the keys of the document. */
export function fixInTemplate(remedy: Remedy): string {
  const { surface, option, to, more = '' } = remedy;
  if (option === 'reference') { return `refer to an ${to} that requires IMDSv2${more}`; }
  return `set ${pathInTemplate(surface, keyOf(remedy)!)} to ${to}${documentIn(surface)}${more}`;
}

export function pathInTemplate({ container = [], document }: LaunchSurface, key: string): string {
  const shown = document === undefined ? container.flatMap(wordsOf) : container.slice(container.indexOf(JSON_TEXT)).filter(each => typeof each === 'string');
  return [...shown, key].join('.');
}

function documentIn({ container = [], document }: LaunchSurface): string {
  if (document === undefined) { return ''; }
  const kind = container.find((each): each is ListStep => typeof each === 'object' && 'where' in each)?.where.kind;
  return ` in the ${document}${kind === undefined ? '' : ` of the ${wantedIn(kind)[0]}`}`;
}

function wordsOf(step: Step): readonly string[] {
  return typeof step === 'string' ? [step] : 'where' in step ? Object.values(step.where).map(wanted => wantedIn(wanted)[0]) : [];
}
