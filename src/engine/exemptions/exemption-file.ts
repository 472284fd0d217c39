import { Exemption, problemWith } from './exemptions';
import { isObject, JsonObject } from '../json/json';
import { shown } from '../judge/judge-context';
import { matches, matchesEverything } from '../text/wildcard';

/** An exemption from a file, for templates that are not made by CDK. Patterns take `*` for any characters. */
export interface FileExemption extends Exemption {
  readonly logicalId: string;
  readonly file?: string;
  readonly stack?: string;

  /** The file that it is from, as the user knows it. */
  readonly from: string;

  /** Where it stands in there, if that is known. */
  readonly at?: { readonly line: number; readonly column: number };
}

export interface FileOfExemptions {
  readonly exemptions: readonly FileExemption[];
  readonly problems: readonly string[];
}

/** Where something of the file stands in it. */
type PlaceOf = (path: readonly (string | number)[]) => FileExemption['at'];

const KEYS = ['file', 'stack', 'logicalId', 'reason', 'owner', 'until', 'allow'];

/**
 * Reads the content of a file of exemptions: `exemptions: [{ logicalId, file?, stack?, reason, owner, until, allow? }]`.
 * What cannot be taken as it is becomes a problem, one line each; none of the file should count then.
 */
export function exemptionsFrom(parsed: unknown, from: string, placeOf?: PlaceOf): FileOfExemptions {
  const listed = isObject(parsed) && Object.keys(parsed).length === 1 ? parsed.exemptions : undefined;
  if (!Array.isArray(listed)) { return { exemptions: [], problems: ['a list called \'exemptions\' was expected, and nothing else'] }; }
  const problems = listed.flatMap((entry, i) => {
    const problem = problemIn(entry);
    return problem === undefined ? [] : [`exemptions[${i}]: ${problem}`];
  });
  const placed = (entry: Omit<FileExemption, 'from'>, i: number): FileExemption => {
    const at = placeOf?.(['exemptions', i]);
    return { ...entry, from, ...at && { at } };
  };
  return { exemptions: problems.length > 0 ? [] : listed.map(placed), problems };
}

function problemIn(entry: unknown): string | undefined {
  if (!isObject(entry)) { return `an object was expected, got ${shown(entry)}`; }
  const unknown = Object.keys(entry).find(key => !KEYS.includes(key));
  if (unknown !== undefined) { return `there is no ${shown(unknown)}; there are ${KEYS.join(', ')}`; }
  return problemInPlace(entry) ?? (entry.until instanceof Date ? '\'until\' must be a text; put the date in quotes' : problemWith(entry));
}

function problemInPlace({ logicalId, file, stack }: JsonObject): string | undefined {
  for (const [name, pattern] of Object.entries({ logicalId, file, stack })) {
    const isGiven = pattern !== undefined || name === 'logicalId';
    if (isGiven && (typeof pattern !== 'string' || pattern === '')) { return `'${name}' must be a text, with * for any characters, got ${shown(pattern)}`; }
  }
  const isEverywhere = [logicalId, file ?? '*', stack ?? '*'].every(each => matchesEverything(each as string));
  return isEverywhere ? 'this would exempt everything; name the resource in \'logicalId\', or its \'file\' or \'stack\'' : undefined;
}

/** Whether an exemption is about a template at all. */
export function isAboutTemplate({ file = '*', stack = '*' }: FileExemption, template: { readonly file: string; readonly stack: string }): boolean {
  return matches(file.replace(/^\.\//, ''), template.file.replace(/^\.\//, '')) && matches(stack, template.stack);
}

/** Whether an exemption is about a resource of a template that it is about. */
export function isAboutResource(exemption: FileExemption, logicalId: string): boolean {
  return matches(exemption.logicalId, logicalId);
}
