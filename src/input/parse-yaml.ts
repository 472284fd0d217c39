import { loadAll, YAMLException } from 'js-yaml'; // loaded with this file: where a template is YAML
import { WITHOUT_MERGE } from './cloudformation-schema';
import { duplicateKey, Fault, isFault, malformed, Parsed, TOO_DEEP } from './parsed';
import { positionAt } from './text';
import { yamlDuplicates } from './yaml-duplicates';
import { LENIENT_YAML_OPTIONS, MOST_VALUES, YAML_OPTIONS } from './yaml-options';
import { extentOf } from '../engine/json/extent';
import { message } from '../engine/text/quoted';

const TOO_LARGE: Fault = { message: `its aliases stand for more than ${MOST_VALUES} values; write out what they stand for` };

export function parseYaml(text: string): Parsed {
  const strict = parseWith(YAML_OPTIONS, text);
  if (!isFault(strict) || !strict.message.includes(UNKNOWN_TAG)) { return strict; }
  const lenient = parseWith(LENIENT_YAML_OPTIONS, text);
  return isFault(lenient) ? lenient : { ...lenient, flaw: strict };
}

/** As js-yaml says it. */
const UNKNOWN_TAG = 'unknown tag';

function parseWith(options: typeof YAML_OPTIONS, text: string): Parsed {
  let documents: unknown[];
  try {
    documents = loadAll(text, null, options).filter(document => document !== null && document !== undefined);
  } catch (error) {
    if (error instanceof YAMLException) { return faultOf(error, text); }
    throw error;
  }
  if (documents.length === 0) { return { message: 'the file has nothing but comments; name a template' }; }
  if (documents.length > 1) { return severalDocuments(text); }
  const twice = mergedTwice(text);
  if (twice) { return twice; }
  const [value] = documents;
  const { imports, fault } = extentOf(value, Math.max(MOST_VALUES, text.length));
  switch (fault) {
    case 'endless': return { message: 'an alias contains itself; write out what it stands for' };
    case 'too deep': return TOO_DEEP;
    case 'too large': return TOO_LARGE;
    default: return { value, imports };
  }
}

/** js-yaml and other readers differ about which of two `<<` in one map wins, so neither answer would be right. */
function mergedTwice(text: string): Fault | undefined {
  if (!/<<[^]*<</.test(text)) { return undefined; }
  try {
    loadAll(text, null, { ...YAML_OPTIONS, schema: WITHOUT_MERGE });
    return undefined;
  } catch (error) {
    if (!(error instanceof YAMLException) || !error.reason.startsWith('duplicated mapping key')) { return undefined; }
    return { message: '<< stands twice in a map; write << once, with a list of aliases', ...positionAt(text, error.mark.position) };
  }
}

function faultOf({ reason, mark }: YAMLException, text: string): Fault {
  const position = mark && positionAt(text, mark.position);
  if (reason.startsWith('duplicated mapping key')) { return duplicateKey(yamlDuplicates(text).find(({ start }) => start === mark.position)?.key ?? '', position); }
  if (reason.startsWith('nesting exceeded')) { return { ...TOO_DEEP, ...position }; }
  if (reason.startsWith('merge keys exceeded')) { return { ...TOO_LARGE, ...position }; }
  return malformed('YAML', message(reason), position);
}

function severalDocuments(text: string): Fault {
  const marks = [...text.matchAll(/^---(?=\s|$)/gm)].map(({ index }) => index);
  const hasContentBefore = text.slice(0, marks[0]).split('\n').some(line => /^[^#%\s]/.test(line));
  const second = marks[hasContentBefore ? 0 : 1] ?? 0;
  return { message: 'there is more than one YAML document in the file; put each template into a file of its own', ...positionAt(text, second) };
}
