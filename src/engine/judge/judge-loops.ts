import { sectionOf } from '../evaluator/scope';
import { TemplateSource } from '../evaluator/source';
import { ExaminedResource, Finding } from '../findings/finding';
import { isObject, JsonObject } from '../json/json';
import { LoopBody, loopBodiesIn } from '../templates/loop-bodies';

/** What is known about one template. */
interface Judged {
  readonly findings: readonly Finding[];
  readonly resources: readonly ExaminedResource[];
  readonly expanded?: JsonObject;
}

type Judgements = ReadonlyMap<string, Judged>;

/**
 * Tells what is weak in any round of a loop, where what it runs over is not known. What is fine in a round stays undecided, as the loop does.
 *
 * @param judge judges templates in which such a loop has made one round
 */
export function withLoops(
  sources: readonly TemplateSource[], before: Judgements, judge: (sources: readonly TemplateSource[]) => Judgements,
): Judgements {
  const bodies = new Map(sources.flatMap((source): [string, readonly LoopBody[]][] => {
    const found = loopBodiesIn(source.template, resourcesOf(source, before));
    return found.length > 0 ? [[source.id, found]] : [];
  }));
  if (bodies.size === 0) { return before; }
  const rounds = judge(sources.map(source => withBodies(source, resourcesOf(source, before), bodies.get(source.id))));
  return new Map(sources.map(source => {
    const [judged, found] = [before.get(source.id)!, bodies.get(source.id)];
    return [source.id, found ? withWeak(judged, found, rounds.get(source.id)!, resourcesOf(source, before)) : judged];
  }));
}

function resourcesOf({ id, template }: TemplateSource, judgements: Judgements): JsonObject {
  return judgements.get(id)!.expanded ?? sectionOf(template, 'Resources');
}

function withBodies(source: TemplateSource, resources: JsonObject, bodies: readonly LoopBody[] | undefined): TemplateSource {
  if (!bodies) { return source; }
  const loops = new Set(bodies.map(({ loop }) => loop));
  const others = Object.entries(resources).filter(([logicalId]) => !loops.has(logicalId));
  const Resources = Object.fromEntries([...bodies.flatMap(body => Object.entries(body.resources)), ...others]);
  return { ...source, template: { ...source.template as JsonObject, Resources } };
}

function withWeak(judged: Judged, bodies: readonly LoopBody[], round: Judged, written: JsonObject): Judged {
  const made = bodies.flatMap(({ loop, resources }) => Object.entries(resources).map(([logicalId, resource]) => ({ loop, logicalId, resource })))
    .filter(({ logicalId }) => !Object.hasOwn(written, logicalId));
  const loops = new Map(made.map(({ logicalId, loop }) => [logicalId, loop]));
  const examined = round.resources.filter(({ logicalId }) => loops.has(logicalId));
  const weak = new Map(examined.filter(({ verdict }) => verdict === 'violation').map(each => [each.logicalId, each]));
  if (weak.size === 0) { return judged; }
  const open = new Set([
    ...examined.filter(({ logicalId }) => !weak.has(logicalId)).map(({ logicalId }) => loops.get(logicalId)),
    ...made.filter(({ resource }) => !isObject(resource) || typeof resource.Type !== 'string').map(({ loop }) => loop),
  ]);
  const decided = new Set([...weak.keys()].map(logicalId => loops.get(logicalId)!).filter(loop => !open.has(loop)));
  const found = round.findings.filter(({ logicalId, verdict }) => weak.has(logicalId) && verdict === 'violation');
  const why = (logicalId: string): string => `${loops.get(logicalId)} makes it for whatever its list holds, and nothing where that is empty`;
  return {
    findings: [
      ...judged.findings.filter(({ logicalId }) => !decided.has(logicalId)),
      ...found.map(each => ({ ...each, reason: `${each.reason}; ${why(each.logicalId)}` })),
    ],
    resources: [...judged.resources.filter(({ logicalId }) => !decided.has(logicalId)), ...weak.values()],
    expanded: { ...written, ...Object.fromEntries(made.filter(({ logicalId }) => weak.has(logicalId)).map(each => [each.logicalId, each.resource])) },
  };
}
