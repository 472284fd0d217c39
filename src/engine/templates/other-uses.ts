import { Given, mentionsIn, outputOf } from './mentions';
import { Scope } from '../evaluator/scope';

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

function strayUse(scope: Scope, { id, isExport, name, output, twin, unused }: Given, seen: Set<string>): string | undefined {
  const importers = (scope.otherTemplates?.importers(scope) ?? []).map(mentionsIn);
  const readers = (scope.otherTemplates?.others(scope) ?? []).map(mentionsIn);
  const strayUses = [...importers.map(each => each.strayImports.get(name)), ...readers.map(each => each.strayImports.get(output))];
  const isUsed = importers.some(({ imports }) => [name, output, twin].some(key => imports.has(key)))
    || (!isExport && isReadAround(scope, id));
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
