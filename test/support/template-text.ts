/* eslint-disable @stylistic/max-len */ // a case a line
import * as fc from 'fast-check';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Names that trip up careless code. */
const NAMES = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'Ref', '<<', 'yes', '1', '', 'a.b', 'x: y', '# no'),
  fc.string({ minLength: 1, maxLength: 8 }),
);

const TEXTS = fc.oneof(
  fc.constantFrom('2010-09-09', 'yes', 'off', 'null', '0644', '1e3', '12:30', '~', 'true', '${A}', ':', '", "', '- a', '|', '!Ref x', 'a\nb', '\u2028', '\\', '%', '{{resolve:ssm:x}}'),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);

function mapOf(values: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc.uniqueArray(fc.tuple(NAMES, values), { selector: ([key]) => key, maxLength: 4 }).map(entries => Object.fromEntries(entries));
}

const { value: VALUES } = fc.letrec<{ value: Json; intrinsic: Json }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    TEXTS,
    fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).filter(number => !Object.is(number, -0))),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    mapOf(tie('value')),
    tie('intrinsic'),
  ),
  intrinsic: fc.oneof(
    TEXTS.map(text => ({ Ref: text })),
    fc.tuple(fc.constantFrom('Host', 'A1'), fc.constantFrom('Arn', 'Outputs.X.Y')).map(parts => ({ 'Fn::GetAtt': parts })),
    fc.tuple(fc.constantFrom('Sub', 'Base64', 'ImportValue', 'Transform', 'ToJsonString', 'Brand::New'), tie('value')).map(([name, argument]) => ({ [`Fn::${name}`]: argument })),
    fc.tuple(TEXTS, tie('value'), tie('value')).map(parts => ({ 'Fn::If': parts })),
  ),
}));

/** Templates with anything in their properties. */
export const TEMPLATES: fc.Arbitrary<{ [key: string]: Json }> = fc.uniqueArray(
  fc.tuple(NAMES, fc.constantFrom('AWS::EC2::Instance', 'AWS::S3::Bucket'), mapOf(VALUES)), { selector: ([logicalId]) => logicalId, maxLength: 4 },
).map(resources => ({ Resources: Object.fromEntries(resources.map(([logicalId, type, properties]) => [logicalId, { Type: type, Properties: properties }])) }));

/** Writes YAML: block style or flow style, short forms or long ones, quoted or plain, as a row of numbers says. */
export function yamlOf(value: Json, choices: readonly number[]): string {
  let next = 0;
  const choose = (): boolean => choices.length > 0 && choices[next++ % choices.length] % 2 === 1;

  const flow = (each: Json): string => {
    const short = shortForm(each, choose);
    if (short) { return `${short.tag} ${flow(short.argument)}`; }
    if (Array.isArray(each)) { return `[${each.map(flow).join(', ')}]`; }
    if (typeof each === 'object' && each !== null) { return `{${Object.entries(each).map(([key, inner]) => `${JSON.stringify(key)}: ${flow(inner)}`).join(', ')}}`; }
    return typeof each === 'string' && /^[A-Z][a-z]+[A-Z]\w*$/.test(each) && choose() ? each : JSON.stringify(each);
  };
  const block = (each: Json, indent: string): string => {
    const short = shortForm(each, choose);
    if (short && typeof short.argument === 'string') { return ` ${short.tag} ${flow(short.argument)}`; }
    if (short) { return ` ${short.tag}${block(short.argument, indent)}`; }
    const isEmpty = typeof each !== 'object' || each === null || Object.keys(each).length === 0;
    if (isEmpty || choose()) { return ` ${flow(each)}`; }
    const lines = Array.isArray(each)
      ? each.map(inner => `${indent}-${block(inner, `${indent}  `)}`)
      : Object.entries(each).map(([key, inner]) => `${indent}${JSON.stringify(key)}:${block(inner, `${indent}  `)}`);
    return `\n${lines.join('\n')}`;
  };
  return `${block(value, '').trimStart()}\n`;
}

/** `!Sub` and the like, where the value has such a form. A tagged scalar is always text. */
function shortForm(value: Json, choose: () => boolean): { tag: string; argument: Json } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) { return undefined; }
  const [[key, argument] = ['', null], ...others] = Object.entries(value);
  const [, name] = /^(Ref|Condition|Fn::[\w:]+)$/.exec(key) ?? [];
  const isTaggable = typeof argument === 'string' || (typeof argument === 'object' && argument !== null && !(shortName(argument)));
  if (others.length > 0 || name === undefined || !isTaggable || !choose()) { return undefined; }
  const dotted = key === 'Fn::GetAtt' && Array.isArray(argument) && choose() ? argument.join('.') : argument;
  return key === 'Fn::GetAtt' && typeof argument === 'string' ? undefined : { tag: `!${name.replace(/^Fn::/, '')}`, argument: dotted };
}

/** A tag cannot stand before another tag. */
function shortName(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 1 && /^(Ref|Condition|Fn::.*)$/.test(Object.keys(value)[0]);
}
