import { Named, namesIn } from './names-in';
import { outputKey, twinsIn } from './output-keys';
import { contextOf } from '../evaluator/context';
import { keyOf } from '../evaluator/distinct';
import { possibleValuesOf } from '../evaluator/possible-values';
import { Scope } from '../evaluator/scope';
import { isObject, JsonObject, leavesOf } from '../json/json';
import { surfaceOf } from '../surfaces/surfaces';

/** An output, by its id, by the key of its export, and by that of what reads it without. */
export interface Given {
  readonly id: string;
  readonly isExport: boolean;
  readonly name?: string;
  readonly output?: string;

  /** By the key of the output that CDK has its importers read instead. */
  readonly twin?: string;

  /** What it means, in words, where no template uses it. */
  readonly unused: string;
}

/**
 * Where a template names what it has, what it is given and what it takes from others.
 *
 * By the name of a resource, an output of one or a parameter, those of imports by the name of the export or the key of the output.
 */
export interface Mentions {
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

export function mentionsIn(scope: Scope): Mentions {
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

  const stackName = scope.source?.stackName;
  const twinOf = stackName === undefined ? () => undefined : twinsIn(scope.outputs, stackName);
  for (const [id, output] of Object.entries(scope.outputs)) {
    const isExport = leavesOf(output).some(each => isObject(each) && each.Export !== undefined);
    const names = isObject(output) && isObject(output.Export) ? keysOf(output.Export.Name) : [];
    const key = stackName === undefined ? undefined : outputKey(stackName, id);
    const given = names.length === 0 ? [{ id, isExport, output: key, unused: `the output ${id} gives it out` }]
      : names.map(name => ({ id, isExport, name, output: key, twin: twinOf(id, name), unused: `the export ${name} lets others use it` }));
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

export function outputOf(logicalId: string, output: string): string {
  return `${logicalId}.${OUTPUT}${output}`;
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
