import { Change } from './changes';
import { insertInBlock, insertInFlow, prependTo, setBelow, Splice } from './insert';
import { Place, placeAt } from './place';
import { MapSyntax, Refusal, ScalarSyntax, Syntax, SyntaxTree } from './syntax';
import { inlineText, scalarText } from './written';

/**
 * What makes one change in the text.
 *
 * @throws Refusal where the text cannot be edited there without touching what others use, or what is decided elsewhere
 */
export function splicesOf(text: string, tree: SyntaxTree, change: Change): Splice[] {
  const place = placeAt(text, tree, change.path);
  switch (change.kind) {
    case 'insert': return [insertion(text, place, change.entries)];
    case 'prepend': return [prependTo(text, place, change.element)];
    case 'set': return [setting(text, place, change.value)];
  }
}

/** From the end, so that what comes before stays where it is. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const pieces: string[] = [];
  let end = text.length;
  for (const { at, remove, text: put } of [...splices].sort((a, b) => b.at - a.at)) {
    pieces.push(text.slice(at + remove, end), put);
    end = at;
  }
  return [...pieces, text.slice(0, end)].reverse().join('');
}

function insertion(text: string, place: Place, entries: object): Splice {
  const { syntax } = place;
  if (syntax.kind !== 'map' || syntax.tag !== undefined) { throw new Refusal(`${place.name} is no plain map`); }
  if (syntax.pairs.some(({ name }) => name.startsWith('Fn::'))) { throw new Refusal(`a function brings what is in ${place.name}`); }
  return syntax.isFlow ? insertInFlow(text, place, syntax, entries) : insertInBlock(text, place, syntax, entries);
}

function setting(text: string, place: Place, value: unknown): Splice {
  const { syntax } = place;
  if (isNoValue(syntax)) { return { at: syntax.full, remove: endOf(syntax) - syntax.full, text: inlineText(value, place) }; }
  if (syntax.anchor !== undefined || (syntax.tag !== undefined && syntax.kind === 'empty')) { throw new Refusal(`${place.name} has a tag or an anchor`); }
  if (syntax.kind === 'empty') { return setBelow(text, place, value); }
  if (syntax.kind !== 'scalar' || syntax.tag !== undefined) { throw new Refusal(`${place.name} comes from ${functionIn(syntax)}`); }
  if (syntax.value === null) { return { at: syntax.start, remove: syntax.end - syntax.start, text: inlineText(value, place) }; }
  if (typeof value === 'object') { throw new Refusal(`${place.name} is ${JSON.stringify(syntax.value)} where a map was expected`); }
  return { at: syntax.start, remove: syntax.end - syntax.start, text: inItsQuotes(text, place, syntax, value) };
}

/** A text over lines, or with escapes, does not say where one could edit it. */
function inItsQuotes(text: string, place: Place, { start, end, value: before }: ScalarSyntax, value: unknown): string {
  const [, quote = undefined, written = ''] = /^(["']?)([\w.-]+)\1$/.exec(text.slice(start, end)) ?? [];
  if (quote === undefined || written !== String(before)) { throw new Refusal(`${place.name} is a text of a form that is not edited`); }
  return quote === '' ? scalarText(value, place) : `${quote}${String(value)}${quote}`;
}

function functionIn(syntax: Syntax): string {
  if (syntax.tag !== undefined) { return withName(syntax.tag, syntax); }
  return syntax.kind === 'map' && syntax.pairs.length === 1 ? withName(syntax.pairs[0].name, syntax.pairs[0].value) : 'what is no plain value';
}

/** What is referred to says where to look. */
function withName(name: string, argument: Syntax): string {
  return argument.kind === 'scalar' && typeof argument.value === 'string' && /^!?Ref$/.test(name) ? `${name} ${argument.value}` : name;
}

function isNoValue(syntax: Syntax): boolean {
  if (syntax.kind === 'scalar') { return syntax.tag === '!Ref' && syntax.value === 'AWS::NoValue'; }
  return syntax.kind === 'map' && syntax.tag === undefined && isNoValueMap(syntax);
}

function isNoValueMap({ pairs: [only, ...others] }: MapSyntax): boolean {
  return others.length === 0 && only?.name === 'Ref' && only.value.kind === 'scalar' && only.value.value === 'AWS::NoValue';
}

/** js-yaml goes on to the next key. */
function endOf(syntax: Syntax): number {
  return syntax.kind === 'map' && !syntax.isFlow ? endOf(syntax.pairs[syntax.pairs.length - 1].value) : syntax.end;
}
