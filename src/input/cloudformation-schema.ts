import { FAILSAFE_SCHEMA, Schema, Type } from 'js-yaml';

const BOOLEAN = /^(?:true|True|TRUE|yes|Yes|YES|on|On|ON|(false|False|FALSE|no|No|NO|off|Off|OFF))$/;
const INTEGER = /^[-+]?(?:0|[1-9][0-9_]*|0b[01_]+|0x[0-9a-fA-F_]+|(0[0-7_]+))$/;
const FLOAT = /^[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)|\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?)$/;
const NOTHING = /^(?:~|null|Null|NULL)$/;

/**
 * YAML as CloudFormation reads it: YAML 1.1, in which `yes` and `on` are true and `0644` is octal, without dates, binary data and sets.
 *
 * Unlike YAML 1.1, `12:30` stays text, as do `.inf` and `.nan`, which JSON does not have. `y` and `n` are text. Short forms of
 * functions become the long ones, also those that are not known yet. Aliases and `<<` are read although CloudFormation refuses them:
 * `aws cloudformation package` writes them out.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */
export const CLOUDFORMATION_SCHEMA: Schema = schemaWith([scalar('merge', '<', /^<<$/, text => text)]);

/** The same where `<<` is a key like any other, so that one which stands twice in a map is found. */
export const WITHOUT_MERGE: Schema = schemaWith([], unknownTags());

/** The same with tags that CloudFormation refuses, each a function that nobody knows: what is around them can be read. */
export const WITH_UNKNOWN_TAGS: Schema = CLOUDFORMATION_SCHEMA.extend({ explicit: unknownTags() });

function schemaWith(more: readonly Type[], explicit: readonly Type[] = []): Schema {
  return FAILSAFE_SCHEMA.extend({ implicit: [...scalars(), ...more], explicit: [...functions(), ...explicit] });
}

function scalars(): Type[] {
  return [
    scalar('null', '~nN', NOTHING, () => null),
    scalar('bool', 'tTfFyYnNoO', BOOLEAN, text => BOOLEAN.exec(text)![1] === undefined),
    scalar('int', '-+0123456789', INTEGER, integerOf),
    scalar('float', '-+.0123456789', FLOAT, text => Number(text.replaceAll('_', ''))),
  ];
}

function functions(): Type[] {
  return (['scalar', 'sequence', 'mapping'] as const).map(kind => (
    new Type('!', { kind, multi: true, construct: (data: unknown, tag?: string) => longForm(tag!.slice(1), data ?? '') })
  ));
}

function unknownTags(): Type[] {
  return (['scalar', 'sequence', 'mapping'] as const).map(kind => (
    new Type('tag:', { kind, multi: true, construct: (data: unknown, tag?: string) => ({ [`Fn::${tag}`]: data ?? '' }) })
  ));
}

/** `first`: what it may begin with, since most text in a template is none of these. */
function scalar(name: string, first: string, pattern: RegExp, construct: (text: string) => unknown): Type {
  return new Type(`tag:yaml.org,2002:${name}`, {
    kind: 'scalar',
    resolve: text => typeof text === 'string' && first.includes(text.charAt(0)) && pattern.test(text) && !isInfinite(construct(text)),
    construct,
  });
}

/** JSON has no such number: it stays text. */
function isInfinite(value: unknown): boolean {
  return typeof value === 'number' && !Number.isFinite(value);
}

function integerOf(text: string): number {
  const [sign, digits] = [text.startsWith('-') ? -1 : 1, text.replace(/^[-+]/, '').replaceAll('_', '')];
  return sign * (INTEGER.exec(text)![1] === undefined ? Number(digits) : parseInt(digits, 8));
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
function longForm(name: string, argument: unknown): unknown {
  if (name === 'Ref' || name === 'Condition') { return { [name]: argument }; }
  if (name === 'GetAtt' && typeof argument === 'string' && argument.includes('.')) {
    const [logicalId, ...attribute] = argument.split('.');
    return { 'Fn::GetAtt': [logicalId, attribute.join('.')] };
  }
  return { [`Fn::${name}`]: argument };
}
