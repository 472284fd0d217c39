import { FORMAT_NAMES, FormatName } from './formats';
import { CannotTell } from '../engine/findings/report';
import { Mistake } from '../settings/mistake';
import { Read, text, texts } from '../settings/readers';

/** A format and the file it goes to; standard output where there is none. */
export interface Output<Name extends string = FormatName> {
  readonly format: Name;
  readonly file?: string;
}

export const CANNOT_TELL = ['ignore', 'warn', 'fail'] as const;

export const cannotTell: Read<CannotTell> = (value, name) => {
  const found = CANNOT_TELL.find(each => each === value);
  if (!found) { throw new Mistake(`${name} must be one of fail, warn, ignore, got ${JSON.stringify(value)}`); }
  return found;
};

/** `sarif=report.sarif`, or the format alone for standard output. */
export const outputs: Read<Output[]> = (value, name) => outputsIn(FORMAT_NAMES, value, name);

export function outputsIn<Name extends string>(names: readonly Name[], value: unknown, name: string): Output<Name>[] {
  const found = texts(value, name).map((each): Output<Name> => {
    const [format, ...file] = each.split('=');
    if (!names.some(known => known === format)) { throw new Mistake(`${name} must be one of ${names.join(', ')}, got ${JSON.stringify(format)}`); }
    if (file.length > 0 && file.join('=') === '') { throw new Mistake(`${name} ${format}= lacks the file; write ${format}=FILE`); }
    const known = { format: format as Name };
    return file.length > 0 ? { ...known, file: file.join('=') } : known;
  });
  if (found.filter(({ file }) => file === undefined).length > 1) {
    throw new Mistake(`only one ${name} can go to standard output; give the others a file, as in ${names[1]}=FILE`);
  }
  return found;
}

/** A log that does not say why a pipeline failed helps nobody, so text goes there unless another format does. */
export function shownToo<Name extends string>(formats: readonly Output<Name>[]): readonly Output<Name | 'text'>[] {
  return formats.some(({ file }) => file === undefined) ? formats : [...formats, { format: 'text' }];
}

/** `NAME=VALUE` a text, or a map of values. */
export const parameterValues: Read<ReadonlyMap<string, string>> = (value, name) => {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const pairs = isMap ? Object.entries(value).map(([key, each]) => [key, ['number', 'boolean'].includes(typeof each) ? String(each) : each]) : texts(value, name).map(each => {
    const at = each.indexOf('=');
    return at < 0 ? [each, undefined] : [each.slice(0, at), each.slice(at + 1)];
  });
  for (const [key, each] of pairs) {
    if (typeof each !== 'string' || key === '') {
      throw new Mistake(`${name} needs the name of a parameter and its value, as in HttpTokens=required; got ${JSON.stringify(key)}`);
    }
  }
  return new Map(pairs as [string, string][]);
};

/** `ID=REASON` a text, or a map of reasons. */
export const reasons: Read<ReadonlyMap<string, string>> = (value, name) => {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const pairs = isMap ? Object.entries(value) : texts(value, name).map((each): [string, string] => {
    const at = each.indexOf('=');
    return at < 0 ? [each, ''] : [each.slice(0, at), each.slice(at + 1)];
  });
  for (const [id, reason] of pairs) {
    if (id === '' || typeof reason !== 'string' || reason.trim() === '') {
      throw new Mistake(`${name} needs an id and a reason, as in lt-0abc=reviewed by the platform team; got ${JSON.stringify(id)}`);
    }
    text(id, name);
    text(reason, name);
  }
  return new Map(pairs as [string, string][]);
};
