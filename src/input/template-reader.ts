import { constructPathsOf, stackInside } from './construct-paths';
import { InputTemplate, Place } from './input-template';
import { withManifests } from './manifests';
import { readFile } from './read-file';
import { isTemplate, ReadTemplate, readTemplate } from './read-template';
import { asPlaced, nestedTemplateText } from '../engine/evaluator/nested-template-text';
import { NestedTemplate, nestedTemplatesIn, nestedTemplateTypeOf } from '../engine/evaluator/nested-template-types';
import { Problem } from '../engine/findings/report';
import { JsonObject } from '../engine/json/json';
import { relevantPart } from '../engine/templates/relevant-part';
import { isSelfContained } from '../engine/templates/self-contained';
import { quoted } from '../engine/text/quoted';

/** Where a template was found. */
type Origin = Pick<InputTemplate, 'id' | 'file' | 'path' | 'bytes' | 'within' | 'placeholders'> & Partial<Pick<InputTemplate, 'format'>>;

export interface AddedTemplate {
  readonly id: string;

  /** Whether no other template has a say in the verdicts on it. */
  isSelfContained(): boolean;
}

/** Far deeper than people nest stacks, and far from where the recursion would overflow. */
const MAX_NESTED = 100;

/** Reads templates and those inside them, each once. */
export class TemplateReader {
  /** By id. Whoever has no more use for one may take it out. */
  public readonly templates = new Map<string, InputTemplate>();
  public readonly problems: Problem[] = [];
  private readonly tried = new Set<string>();
  private readonly known = new Set<string>();
  private depth = 0;
  private isTooDeep = false;

  /** Whether a template was read, even if it has been taken out since. */
  public has(id: string): boolean {
    return this.known.has(id);
  }

  /** Reads a file. The result is the id of the template, or undefined where there is a problem. */
  public read(path: string, place: Place): string | undefined {
    const file = place.surroundings.nameOf(path);
    if (!this.tried.has(file)) {
      this.tried.add(file);
      const content = readFile(path, file, place.surroundings.missing);
      const read = 'bytes' in content ? readTemplate(content.bytes, file, place) : content;
      if ('problem' in read) { this.problems.push(read.problem); } else { this.add(read, place, { id: file, file, path }); }
    } else {
      this.share(file, place);
    }
    return this.known.has(file) ? file : undefined;
  }

  /** Takes a template in that was read, with those inside it. */
  public add({ template: whole, format, within, imports, notes, flaws = [] }: ReadTemplate, place: Place, origin: Origin): AddedTemplate {
    const { stack, environment, stackName, isStack, metadata, creationStacks, surroundings } = place;
    this.problems.push(...flaws);
    const part = withManifests(format === 'yaml' ? relevantPart(detached(relevantPart(whole, imports).template), imports) : relevantPart(whole, imports));
    const { template, resources } = part;
    const children = new Map<string, readonly string[]>();
    const added: InputTemplate = {
      format,
      within,
      ...origin,
      template,
      stack,
      children,
      environment,
      stackName,
      isStack,
      metadata,
      creationStacks,
      ...notes && { notes },
      ...surroundings.filesIn && { filesIn: surroundings.filesIn },
      constructPaths: constructPathsOf(resources, logicalId => surroundings.constructPath?.(stack, origin.path, logicalId)),
    };
    this.tried.add(origin.id);
    this.known.add(origin.id);
    this.templates.set(origin.id, added); // before its children, one of which may be itself
    for (const [logicalId, resource] of resources) {
      const holder = typeof resource.Type === 'string' ? nestedTemplateTypeOf(resource.Type) : undefined;
      if (!holder) { continue; }
      const held = nestedTemplatesIn(holder, resource.Properties);
      const inside = { ...place, environment: holder.isBeside ? environment : undefined, stackName: undefined, isStack: undefined };
      const found = held.flatMap((each, index) => this.readInside(each, { logicalId, resource, index }, added, inside) ?? []);
      if (held.length > 0 && found.length === held.length) { children.set(logicalId, found); } // else something in it stays unknown
    }
    return { id: origin.id, isSelfContained: () => !imports && isSelfContained(part) };
  }

  /** What is brought once more. What stacks of several environments bring is not known to be in one of them, nor is what it brings itself. */
  private share(id: string, { environment, stackName, isStack }: Pick<Place, 'environment' | 'stackName' | 'isStack'>): void {
    const known = this.templates.get(id);
    if (!known) { return; }
    if (isStack && !known.isStack) { this.templates.set(id, { ...known, isStack }); }
    if (known.environment === environment && known.stackName === stackName) { return; }
    const shared = { environment: known.environment === environment ? environment : undefined, stackName: undefined };
    this.templates.set(id, { ...this.templates.get(id)!, ...shared });
    known.children?.forEach(ids => ids.forEach(child => this.share(child, shared)));
  }

  /** One chain is one problem, however long it is. */
  private readInside(held: NestedTemplate, holder: Holder, parent: InputTemplate, place: Place): string | undefined {
    if (this.depth >= MAX_NESTED) {
      if (!this.isTooDeep) { this.problems.push({ file: parent.file, message: `nested stacks deeper than ${MAX_NESTED} levels, which no app has; shorten the chain` }); }
      this.isTooDeep = true;
      return undefined;
    }
    this.depth++;
    const id = this.readHeld(held, holder, parent, place);
    this.depth--;
    return id;
  }

  private readHeld(held: NestedTemplate, holder: Holder, parent: InputTemplate, place: Place): string | undefined {
    const inner: Place = { ...place, stack: stackInside(parent, holder.logicalId) };
    if (held.kind === 'body') { return this.readBody(held, holder, parent, inner); }
    const path = place.surroundings.find(asPlaced(held.value, parent.placeholders), String(held.path[0]), holder.resource, parent.path);
    return path === undefined ? undefined : this.read(path, { ...inner, isListed: true });
  }

  /** A template that stands as text in the property of a resource. What cannot be read before deployment is left to the verdict. */
  private readBody({ value, path }: NestedTemplate, { logicalId, index }: Holder, parent: InputTemplate, place: Place): string | undefined {
    const { text, placeholders } = nestedTemplateText(value) ?? {};
    if (text === undefined) { return undefined; }
    const within = [...parent.within ?? [], 'Resources', logicalId, 'Properties', ...path];
    const { id, file, path: parentPath, bytes, format } = parent;
    const read = readTemplate(Buffer.from(text), file);
    if (isTemplate(read) && read.flaws && placeholders) { return undefined; } // what is put into the text decides
    if (isTemplate(read)) {
      const flaws = read.flaws?.map(({ message }) => ({ file, message: `the template in ${quoted(logicalId)}: ${message}` }));
      const notes = read.notes?.map(({ message }) => ({ message: `the template in ${quoted(logicalId)}: ${message}` })); // its lines are not those of the file
      return this.add({ ...read, ...notes && { notes }, ...flaws && { flaws } }, place, { id: `${id}#${logicalId}${index > 0 ? `.${index}` : ''}`, file, path: parentPath, bytes, format, within, placeholders }).id;
    }
    if (read.isMeant && !placeholders) { this.problems.push({ file, message: `the template in ${quoted(logicalId)}: ${read.problem.message}` }); }
    return undefined;
  }
}

/** js-yaml makes its texts as windows on the text of the file, each of which would keep all of it in memory. */
function detached(template: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(template)) as JsonObject;
}

interface Holder {
  readonly logicalId: string;
  readonly resource: JsonObject;

  /** Among the templates of the resource. */
  readonly index: number;
}
