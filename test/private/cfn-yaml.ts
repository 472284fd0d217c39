import { CORE_SCHEMA, load, Type } from 'js-yaml';

/** Parses a template in YAML or JSON, which YAML contains. `!Ref` and the like become what they are short for. */
export function parseTemplate(text: string): unknown {
  return load(text.replace(/^\uFEFF/, ''), { schema: SCHEMA });
}

const SCHEMA = CORE_SCHEMA.extend((['scalar', 'sequence', 'mapping'] as const).map(kind => (
  new Type('!', { kind, multi: true, construct: (data: unknown, tag?: string) => intrinsic(tag!.slice(1), data) })
)));

function intrinsic(name: string, argument: unknown): unknown {
  if (name === 'Ref' || name === 'Condition') { return { [name]: argument }; }
  if (name === 'GetAtt' && typeof argument === 'string') {
    const [id, ...attribute] = argument.split('.');
    return { 'Fn::GetAtt': [id, attribute.join('.')] };
  }
  return { [`Fn::${name}`]: argument };
}
