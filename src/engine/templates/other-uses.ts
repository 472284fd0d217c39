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
 * An export or an output is taken to be for those that import or read it, if any template does; a parameter of a nested stack is followed into it.
 */
export function strayMention(scope: Scope, name: string, seen = new Set<string>()): string | undefined {
  const address = scope.addressOf(name);
  if (seen.has(address)) { return undefined; }
  seen.add(address);
  const { stray, handed, exported } = mentionsIn(scope);
  const here = stray.get(name) ?? (exported.get(name) ?? []).map(each => strayUse(scope, each)).find(each => each !== undefined);
  if (here !== undefined) { return here; }
  for (const { parent, parameter } of handed.get(name) ?? []) {
    for (const child of scope.otherTemplates!.children(scope, parent)) {
      const below = strayMention(child, parameter, seen);
      if (below !== undefined) { return `in ${parent} ${below}`; }
    }
  }
  return undefined;
}

function strayUse(scope: Scope, { name, output, unused }: Given): string | undefined {
  const importers = (scope.otherTemplates?.importers(scope) ?? []).map(mentionsIn);
  const readers = (scope.otherTemplates?.others(scope) ?? []).map(mentionsIn);
  const strayUses = [...importers.map(each => each.strayImports.get(name)), ...readers.map(each => each.strayImports.get(output))];
  const isUsed = importers.some(({ imports }) => imports.has(name) || imports.has(output));
  return strayUses.find(each => each !== undefined) ?? (isUsed ? undefined : unused);
}

/** An output, by the key of its export, and by that of what reads it without. */
interface Given {
  readonly name?: string;
  readonly output?: string;

  /** What it means, in words, where no template uses it. */
  readonly unused: string;
}

/** By the name of a resource or a parameter, those of imports by the name of the export or the key of the output. */
interface Mentions {
  readonly stray: ReadonlyMap<string, string>;
  readonly strayImports: ReadonlyMap<string | undefined, string>;

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
  const [stray, strayImports, imports] = [new Map<string, string>(), new Map<string, string>(), new Set<string>()];
  const [exported, handed] = [new Map<string, Given[]>(), new Map<string, { parent: string; parameter: string }[]>()];
  const keysOf = (name: unknown): string[] => possibleValuesOf(name, contextOf(scope)).flatMap(each => keyOf(each) ?? []);
  const outputsOf = ({ StackName: stack, OutputName: output }: JsonObject): string[] => keysOf(stack).map(each => outputKey(each, String(output)));
  const strayly = (where: string): Pick<Named, 'imported' | 'read'> => ({
    imported: name => keysOf(name).forEach(key => strayImports.set(key, where)),
    read: output => isObject(output) && outputsOf(output).forEach(key => strayImports.set(key, where)),
  });
  const add = (value: unknown, where: string): void => namesIn(value, { name: name => void stray.set(name, where), ...strayly(where) });

  for (const [id, output] of Object.entries(scope.outputs)) {
    const names = isObject(output) && isObject(output.Export) ? keysOf(output.Export.Name) : [];
    const key = scope.source?.stackName === undefined ? undefined : outputKey(scope.source.stackName, id);
    const given = names.length === 0 ? [{ output: key, unused: `the output ${id} gives it out` }]
      : names.map(name => ({ name, output: key, unused: `the export ${name} lets others use it` }));
    namesIn(output, { name: name => void exported.set(name, [...exported.get(name) ?? [], ...given]), ...strayly(`the output ${id} gives it out`) });
  }
  for (const [id, resource] of Object.entries(scope.resources)) {
    if (!isObject(resource)) { continue; }
    const { Properties: properties, ...others } = resource;
    const parts = partsOf(scope, id, resource);
    add([others, parts.others], `${id} is given it`);
    namesIn(parts.launching, {
      name: () => {},
      imported: name => keysOf(name).forEach(key => imports.add(key)),
      read: output => isObject(output) && isReadHere(scope, output) && outputsOf(output).forEach(key => imports.add(key)),
    });
    for (const [parameter, value] of Object.entries(parts.parameters)) {
      namesIn(value, {
        name: name => void handed.set(name, [...handed.get(name) ?? [], { parent: id, parameter }]),
        ...strayly(`${id} is given it`),
      });
    }
  }
  return { stray, strayImports, imports, exported, handed };
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
