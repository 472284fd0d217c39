import { Assembly } from './assemblies';
import { deploy, Deployed, Refused, resourcesOf } from './deployed';
import { launchesOf } from './deployed-launches';
import { TemplateSource } from '../../src/engine/evaluator/source';
import { JsonObject } from '../../src/engine/json/json';

/** What a deployment chooses. */
export interface Chosen {
  readonly region: string;
  readonly values: { readonly [stack: string]: JsonObject };
}

/** More than this are not looked at. */
const MANY = 150;

/** Where instances answer version 1: the first deployment that has such, by template and logical id. */
export function whereVersion1Answers({ sources, stacks }: Assembly): ReadonlyMap<string, Chosen> {
  const found = new Map<string, Chosen>();
  const byId = new Map(sources.map(source => [source.id, source]));
  for (const chosen of choices(stacks, byId)) {
    for (const [id, answers] of launchesIn(chosen, byId)) {
      if (answers && !found.has(id)) { found.set(id, chosen); }
    }
  }
  return found;
}

/** Every launch of a deployment; none where CloudFormation refuses any of it. */
function launchesIn({ region, values }: Chosen, sources: ReadonlyMap<string, TemplateSource>): [string, boolean][] {
  const all: Deployed = { region, stacks: [], sources };
  try {
    for (const [name, parameters] of Object.entries(values)) { deploy(sources.get(name)!, name, parameters, all); }
    return all.stacks.flatMap(stack => resourcesOf(stack, all).flatMap(([logicalId, resource]) => (
      launchesOf(resource, stack, all).map((answers): [string, boolean] => [`${stack.source.id}.${logicalId}`, answers])
    )));
  } catch (error) {
    if (error instanceof Refused) { return []; }
    throw error;
  }
}

function choices(stacks: Assembly['stacks'], sources: ReadonlyMap<string, TemplateSource>): readonly Chosen[] {
  let some: Chosen[] = ['us-east-1', 'eu-west-1'].map(region => ({ region, values: Object.fromEntries(Object.keys(stacks).map(name => [name, {}])) }));
  for (const [stack, parameters] of Object.entries(stacks)) {
    const text = JSON.stringify(sources.get(stack)!.template);
    for (const [name, values] of Object.entries(parameters)) {
      if (!text.includes(`"Ref":"${name}"`) && !text.includes(`\${${name}}`)) { continue; }
      some = some.flatMap(each => values.map(value => ({ ...each, values: { ...each.values, [stack]: { ...each.values[stack], [name]: value } } })));
    }
  }
  return some.length > MANY ? some.filter((_, i) => i % Math.ceil(some.length / MANY) === 0) : some;
}
