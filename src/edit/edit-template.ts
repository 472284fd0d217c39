import { isDeepStrictEqual } from 'util';
import { Change, changesBetween, withChanges } from './changes';
import { Splice } from './insert';
import { jsonSyntax } from './json-syntax';
import { splicesOf, spliced } from './splice';
import { Refusal, SyntaxTree } from './syntax';
import { yamlSyntax } from './yaml-syntax';
import { JsonObject } from '../engine/json/json';
import { parseJson } from '../input/parse-json';
import { parseYaml } from '../input/parse-yaml';
import { isFault } from '../input/parsed';
import { TemplateFormat } from '../input/read-template';

export interface EditedTemplate {
  readonly text: string;

  /** What the text holds. */
  readonly value: JsonObject;

  /** Logical ids of the resources that became what was wanted. */
  readonly edited: readonly string[];

  /** Why the others did not, by logical id. */
  readonly refused: ReadonlyMap<string, string>;
}

export interface TextToEdit {
  readonly text: string;
  readonly format: TemplateFormat;

  /** What it holds. */
  readonly value: JsonObject;
}

/** Edits resources of a template: only the lines that must change, each resource wholly or not at all. */
export function editTemplate(given: TextToEdit, wanted: ReadonlyMap<string, unknown>): EditedTemplate {
  const refused = new Map<string, string>();
  const edits = editsOf(given, wanted, refused);
  const whole = applied(given, edits);
  if (whole) { return { ...whole, edited: edits.map(({ logicalId }) => logicalId), refused }; }
  // what the parsers tell of the text does not hold in some odd place: each is tried by itself
  const kept: Edit[] = [];
  for (const edit of edits) {
    if (applied(given, [...kept, edit])) { kept.push(edit); } else { refused.set(edit.logicalId, 'the text around it is of a form that is not edited'); }
  }
  return { ...applied(given, kept)!, edited: kept.map(({ logicalId }) => logicalId), refused };
}

interface Edit {
  readonly logicalId: string;
  readonly changes: readonly Change[];
  readonly splices: readonly Splice[];
}

function editsOf({ text, format, value }: TextToEdit, wanted: ReadonlyMap<string, unknown>, refused: Map<string, string>): Edit[] {
  if (wanted.size === 0) { return []; }
  const resources = value.Resources as JsonObject;
  const tree: SyntaxTree = format === 'json' ? jsonSyntax(text) : yamlSyntax(text);
  return [...wanted].flatMap(([logicalId, after]) => {
    const changes = changesBetween(resources[logicalId], after, ['Resources', logicalId]);
    try {
      return changes.length > 0 ? [{ logicalId, changes, splices: changes.flatMap(change => splicesOf(text, tree, change)) }] : [];
    } catch (error) {
      if (!(error instanceof Refusal)) { throw error; }
      refused.set(logicalId, error.message);
      return [];
    }
  });
}

/** Undefined where the text does not hold afterwards what it should, or anything else has changed. */
function applied({ text, format, value }: TextToEdit, edits: readonly Edit[]): Pick<EditedTemplate, 'text' | 'value'> | undefined {
  if (edits.length === 0) { return { text, value }; }
  const edited = spliced(text, edits.flatMap(({ splices }) => splices));
  const parsed = format === 'json' ? parseJson(edited) : parseYaml(edited);
  const wanted = withChanges(value, edits.flatMap(({ changes }) => changes));
  return !isFault(parsed) && isDeepStrictEqual(parsed.value, wanted) ? { text: edited, value: parsed.value as JsonObject } : undefined;
}
