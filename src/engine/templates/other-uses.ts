import { Named, namesIn } from './names-in';
import { contextOf } from '../evaluator/context';
import { keyOf } from '../evaluator/distinct';
import { symbolOf } from '../evaluator/outcomes';
import { possibleValuesOf } from '../evaluator/possible-values';
import { Scope } from '../evaluator/scope';
import { isObject, JsonObject } from '../json/json';
import { surfaceOf } from '../surfaces/surfaces';

/**
 * What uses a resource of a template other than to launch from it, in words; undefined where nothing is known to.
 *
 * An export or an output is taken to be for those that import or read it, if any template does; a parameter of a nested stack is followed into it,
 * and an output of one into the stack around it.
 */
export function strayMention(scope: Scope, name: string, seen = new Set<string>()): string | undefined {
  const address = scope.addressOf(name);
  if (seen.has(address)) { return undefined; }
  seen.add(address);
  const { stray, handed, exported } = mentionsIn(scope);
  const here = stray.get(name) ?? (exported.get(name) ?? []).map(each => strayUse(scope, each, seen)).find(each => each !== undefined);
  if (here !== undefined) { return here; }
  for (const { parent, parameter } of handed.get(name) ?? []) {
    for (const child of scope.otherTemplates!.children(scope, parent)) {
      const below = strayMention(child, parameter, seen);
      if (below !== undefined) { return `in ${parent} ${below}`; }
    }
  }
  return undefined;
}

function strayUse(scope: Scope, { id, name, output, unused }: Given, seen: Set<string>): string | undefined {
  const importers = (scope.otherTemplates?.importers(scope) ?? []).map(mentionsIn);
  const readers = (scope.otherTemplates?.others(scope) ?? []).map(mentionsIn);
  const strayUses = [...importers.map(each => each.strayImports.get(name)), ...readers.map(each => each.strayImports.get(output))];
  const isUsed = importers.some(({ imports }) => imports.has(name) || imports.has(output)) || (name === undefined && isReadAround(scope, id));
  return strayUses.find(each => each !== undefined) ?? strayUseAround(scope, id, seen) ?? (isUsed ? undefined : unused);
}

/** What is done with an output by the stacks around this one; and with all that it gives out. */
function strayUseAround(scope: Scope, output: string, seen: Set<string>): string | undefined {
  for (const { scope: around, logicalId } of scope.otherTemplates?.holders(scope) ?? []) {
    const use = strayMention(around, outputOf(logicalId, output), seen) ?? strayMention(around, logicalId, seen);
    if (use !== undefined) { return `through an output of ${logicalId}, ${use}`; }
  }
  return undefined;
}

/** Whether the stack around this one uses an output. Where there may be several of this one, who uses that of each is not known. */
function isReadAround(scope: Scope, output: string): boolean {
  return !scope.isShared() && (scope.otherTemplates?.holders(scope) ?? []).some(({ scope: around, logicalId }) => {
    const [name, { launched, handed, exported }] = [outputOf(logicalId, output), mentionsIn(around)];
    return launched.has(name) || handed.has(name) || exported.has(name);
  });
}

/** An output, by its id, by the key of its export, and by that of what reads it without. */
interface Given {
  readonly id: string;
  readonly name?: string;
  readonly output?: string;

  /** What it means, in words, where no template uses it. */
  readonly unused: string;
}

/** By the name of a resource, an output of one or a parameter, those of imports by the name of the export or the key of the output. */
interface Mentions {
  readonly stray: ReadonlyMap<string, string>;
  readonly strayImports: ReadonlyMap<string | undefined, string>;

  /** What is launched from. */
  readonly launched: ReadonlySet<string>;

  /** What is launched from exports and outputs of others. */
  readonly imports: ReadonlySet<string | undefined>;

  /** The outputs that give each out. */
  readonly exported: ReadonlyMap<string, readonly Given[]>;

  /** The parameters of templates inside this one that each is handed to. */
  readonly handed: ReadonlyMap<string, readonly { readonly parent: string; readonly parameter: string }[]>;
}

/** Looked for once a template, and only where a launch template has consumers that need nothing of it. */
const MENTIONS = new WeakMap<Scope, Mentions>();

function mentionsIn(scope: Scope): Mentions {
  const mentions = MENTIONS.get(scope) ?? findMentions(scope);
  MENTIONS.set(scope, mentions);
  return mentions;
}

function findMentions(scope: Scope): Mentions {
  const [stray, strayImports] = [new Map<string, string>(), new Map<string, string>()];
  const [launched, imports] = [new Set<string>(), new Set<string>()];
  const [exported, handed] = [new Map<string, Given[]>(), new Map<string, { parent: string; parameter: string }[]>()];
  const keysOf = (name: unknown): string[] => possibleValuesOf(name, contextOf(scope)).flatMap(each => keyOf(each) ?? []);
  const outputsOf = ({ StackName: stack, OutputName: output }: JsonObject): string[] => keysOf(stack).map(each => outputKey(each, String(output)));
  const strayly = (where: string): Pick<Named, 'imported' | 'read'> => ({
    imported: name => keysOf(name).forEach(key => strayImports.set(key, where)),
    read: output => isObject(output) && outputsOf(output).forEach(key => strayImports.set(key, where)),
  });
  const add = (value: unknown, where: string): void => namesIn(value, { name: (...of) => void stray.set(nameOf(...of), where), ...strayly(where) });

  for (const [id, output] of Object.entries(scope.outputs)) {
    const names = isObject(output) && isObject(output.Export) ? keysOf(output.Export.Name) : [];
    const key = scope.source?.stackName === undefined ? undefined : outputKey(scope.source.stackName, id);
    const given = names.length === 0 ? [{ id, output: key, unused: `the output ${id} gives it out` }]
      : names.map(name => ({ id, name, output: key, unused: `the export ${name} lets others use it` }));
    namesIn(output, {
      name: (...of) => void exported.set(nameOf(...of), [...exported.get(nameOf(...of)) ?? [], ...given]),
      ...strayly(`the output ${id} gives it out`),
    });
  }
  for (const [id, resource] of Object.entries(scope.resources)) {
    if (!isObject(resource)) { continue; }
    const { Properties: properties, ...others } = resource;
    const parts = partsOf(scope, id, resource);
    add([others, parts.others], `${id} is given it`);
    namesIn(parts.launching, {
      name: (...of) => void launched.add(nameOf(...of)),
      imported: name => keysOf(name).forEach(key => imports.add(key)),
      read: output => isObject(output) && isReadHere(scope, output) && outputsOf(output).forEach(key => imports.add(key)),
    });
    for (const [parameter, value] of Object.entries(parts.parameters)) {
      namesIn(value, {
        name: (...of) => void handed.set(nameOf(...of), [...handed.get(nameOf(...of)) ?? [], { parent: id, parameter }]),
        ...strayly(`${id} is given it`),
      });
    }
  }
  return { stray, strayImports, launched, imports, exported, handed };
}

/** Of what brings a template, each output by itself. */
function nameOf(name: string, attribute = ''): string {
  return attribute.startsWith(OUTPUT) ? outputOf(name, attribute.slice(OUTPUT.length)) : name;
}

const OUTPUT = 'Outputs.';

function outputOf(logicalId: string, output: string): string {
  return `${logicalId}.${OUTPUT}${output}`;
}

/** No export has a name like this. */
function outputKey(stack: string, output: string): string {
  return symbolOf(`output ${output} of ${stack}`);
}

/** As the evaluator follows it: in the same account, and the Region of the template. */
function isReadHere(scope: Scope, { RoleArn: role, Region: region = scope.pseudoParameter('AWS::Region') }: JsonObject): boolean {
  return role === undefined && (region === scope.pseudoParameter('AWS::Region') || (isObject(region) && region.Ref === 'AWS::Region'));
}

interface Parts {
  /** What is said about what to launch from, which `Connections` follow. */
  readonly launching: readonly unknown[];

  /** What templates that were read are given. */
  readonly parameters: JsonObject;
  readonly others: unknown;
}

function partsOf(scope: Scope, logicalId: string, { Type: type, Properties: properties }: JsonObject): Parts {
  if (!isObject(properties)) { return { launching: [], parameters: {}, others: properties }; }
  const follows = typeof type === 'string' ? surfaceOf(type)?.follows ?? [] : [];
  const launching = new Set(follows.map(({ path }) => path[0]));
  const parameters = scope.otherTemplates?.isRead(scope, logicalId) && isObject(properties.Parameters) ? properties.Parameters : {};
  return {
    launching: [...launching].map(key => properties[key as string]),
    parameters,
    others: Object.entries(properties).filter(([key, value]) => !launching.has(key) && value !== parameters),
  };
}
