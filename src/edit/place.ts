import { lineStart, MapSyntax, PairSyntax, Refusal, Syntax, SyntaxTree } from './syntax';
import { Spelling } from './written';
import { Path } from '../engine/evaluator/expressions-at';

/** A value in the text, and what is around it. */
export interface Place extends Spelling {
  readonly syntax: Syntax;
  readonly isJson: boolean;

  /** As a message calls it. */
  readonly name: string;

  /** The key that has the value, where it is no element of a list. */
  readonly holder?: PairSyntax;
  readonly isInFlow: boolean;

  /** By how many columns a block stands in from the one around it. */
  readonly step: number;
}

/**
 * The way down, by the long names of functions.
 *
 * @throws Refusal where it leads through what stands for other parts of the template as well
 */
export function placeAt(text: string, tree: SyntaxTree, path: Path): Place {
  let place: Place = { syntax: tree.root, isJson: tree.isJson, isQuoted: tree.isJson, name: 'the template', isInFlow: tree.isJson, step: 2 };
  refuseShared(place, tree);
  for (const step of path) {
    place = below(text, place, step);
    refuseShared(place, tree);
  }
  return place;
}

function refuseShared({ syntax, name }: Place, { shared }: SyntaxTree): void {
  if (syntax.kind === 'alias') { throw new Refusal(`${name} is the alias *${syntax.name}, which stands for what others use too`); }
  const { anchor } = syntax;
  if (anchor !== undefined && shared.has(anchor)) { throw new Refusal(`${name} has the anchor &${anchor}, by which others use it too`); }
}

function below(text: string, place: Place, step: string | number): Place {
  const { syntax } = place;
  if (syntax.tag !== undefined) {
    if (longName(syntax.tag) !== step) { throw new Refusal(`${place.name} comes from ${syntax.tag}`); }
    return { ...place, syntax: { ...syntax, tag: undefined }, holder: undefined };
  }
  if (syntax.kind === 'list' && syntax.elements[Number(step)]) {
    return { ...place, syntax: syntax.elements[Number(step)], holder: undefined, isInFlow: syntax.isFlow };
  }
  const found = syntax.kind === 'map' ? pairsNamed(syntax.pairs, step) : [];
  if (syntax.kind !== 'map' || found.length !== 1) { throw new Refusal(`${step} is not written in ${place.name} itself`); }
  const [holder] = found;
  const isQuoted = place.isJson || (syntax.isFlow && text[holder.key.start] === '"');
  const inner = stepBelow(text, holder) ?? place.step;
  return { ...place, syntax: holder.value, holder, isInFlow: syntax.isFlow, isQuoted, name: String(step), step: inner };
}

/** `Resources` has thousands, and each is asked for. */
const byName = new WeakMap<MapSyntax['pairs'], ReadonlyMap<string | number, readonly PairSyntax[]>>();

function pairsNamed(pairs: MapSyntax['pairs'], step: string | number): readonly PairSyntax[] {
  let known = byName.get(pairs);
  if (!known) {
    const found = new Map<string | number, PairSyntax[]>();
    pairs.forEach(pair => found.set(pair.name, [...found.get(pair.name) ?? [], pair]));
    byName.set(pairs, known = found);
  }
  return known.get(step) ?? [];
}

function stepBelow(text: string, { start, value }: PairSyntax): number | undefined {
  if (value.kind !== 'map' || value.isFlow || value.pairs.length === 0) { return undefined; }
  const step = columnOf(text, value.pairs[0].start) - columnOf(text, start);
  return step > 0 && step < 9 ? step : undefined;
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

function longName(tag: string): string {
  const name = tag.slice(1);
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
}
