import { intrinsicOf, isObject } from '../json/json';
import { PARSED_TEXT, readJsonText } from '../json/json-text';

/** Expressions of one template that stand in the text of another, by the parameter that takes their place there. */
export type Placeholders = ReadonlyMap<string, unknown>;

/** The text of a template inside a resource. */
export interface NestedTemplateText {
  readonly text: string;

  /** Absent where the whole text is literal. */
  readonly placeholders?: Placeholders;
}

/** Undefined where the text cannot be read before deployment. What functions put into it belongs to the template around it. */
export function nestedTemplateText(value: unknown): NestedTemplateText | undefined {
  if (typeof value === 'string') { return { text: value }; }
  const text = readJsonText(value);
  if (!text || text.hasOpenKeys()) { return undefined; }
  const placeholders = new Map<string, unknown>();
  const template = text.expression(part => {
    const name = `placeholder ${placeholders.size}`; // no template can name a parameter so
    placeholders.set(name, part);
    return { Ref: name };
  });
  if (text.isMixed && hasOpenSections(template, placeholders)) { return undefined; }
  return { text: JSON.stringify(template), placeholders: placeholders.size > 0 ? placeholders : undefined };
}

/** Whether a whole section, or a whole resource, is put into the text: there may be anything in it. */
function hasOpenSections(template: unknown, placeholders: Placeholders): boolean {
  const isOpen = (part: unknown): boolean => intrinsicOf(asPlaced(part, placeholders))?.name === PARSED_TEXT;
  return isOpen(template) || elementsOf(template).some(section => isOpen(section) || elementsOf(section).some(isOpen));
}

function elementsOf(part: unknown): unknown[] {
  return isObject(part) ? Object.values(part) : [];
}

/** A value as the template around it has it. */
export function asPlaced(value: unknown, placeholders: Placeholders | undefined): unknown {
  const { name, argument } = intrinsicOf(value) ?? {};
  return name === 'Ref' && typeof argument === 'string' && placeholders?.has(argument) ? placeholders.get(argument) : value;
}
