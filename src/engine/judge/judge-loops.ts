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
    const judged = before.get(source.id)!;
    const resources = resourcesOf(source, before);
    return [source.id, (bodies.get(source.id) ?? []).reduce((all, body) => withWeak(all, body, rounds.get(source.id)!, resources), judged)];
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

function withWeak(all: Judged, { loop, resources: made }: LoopBody, round: Judged, written: JsonObject): Judged {
  const isMade = ({ logicalId }: { readonly logicalId: string }): boolean => Object.hasOwn(made, logicalId) && !Object.hasOwn(written, logicalId);
  const examined = round.resources.filter(isMade);
  const weak = new Set(examined.filter(({ verdict }) => verdict === 'violation').map(({ logicalId }) => logicalId));
  if (weak.size === 0) { return all; }
  const isWhole = examined.every(({ logicalId }) => weak.has(logicalId))
    && Object.values(made).every(each => isObject(each) && typeof each.Type === 'string');
  const isLeft = ({ logicalId }: { readonly logicalId: string }): boolean => !(isWhole && logicalId === loop);
  const found = round.findings.filter(({ logicalId, verdict }) => weak.has(logicalId) && verdict === 'violation');
  const why = `${loop} makes it for whatever its list holds, and nothing where that is empty`;
  return {
    findings: [...all.findings.filter(isLeft), ...found.map(each => ({ ...each, reason: `${each.reason}; ${why}` }))],
    resources: [...all.resources.filter(isLeft), ...examined.filter(({ logicalId }) => weak.has(logicalId))],
    expanded: { ...written, ...all.expanded, ...Object.fromEntries(Object.entries(made).filter(([logicalId]) => weak.has(logicalId))) },
  };
}
