import { FORMAT_NAMES, FormatName } from './formats';
import { STDIN } from './inputs';
import { Mistake } from './mistake';
import { CannotTell } from '../engine/findings/report';
import { HOP_LIMITS, isHopLimit } from '../engine/surfaces/settings';

/** What `imds-guard check` was asked for, from the command line or the configuration file. */
export interface CheckOptions {
  readonly paths: readonly string[];

  /** What the template on standard input is called, and known by in a baseline. */
  readonly stdinName?: string;
  readonly formats: readonly Output[];
  readonly maxHopLimit?: number;
  readonly cannotTell: CannotTell;

  /** Reasons by launch template: an id, a name, or what stands for it (a parameter, an export, a dynamic reference). */
  readonly allowLaunchTemplate: ReadonlyMap<string, string>;
  readonly baseline?: string;
  readonly updateBaseline: boolean;
  readonly exemptions?: string;
  readonly maxExemptionDays?: number;
  readonly forbidExemptions: boolean;
  readonly forbidAcknowledgements: boolean;
  readonly quiet: boolean;
  readonly color: boolean;
}

/** A format and the file it goes to; standard output where there is none. */
export interface Output {
  readonly format: FormatName;
  readonly file?: string;
}

const CANNOT_TELL = ['fail', 'warn', 'ignore'] as const;

/** One option: how a value is read, the same for the command line and for the configuration file. */
type Read<T> = (value: unknown, name: string) => T;

function hasControls(value: string): boolean {
  return /\p{Cc}/u.test(value);
}

export const text: Read<string> = (value, name) => {
  if (typeof value !== 'string' || value === '') { throw new Mistake(`${name} must be a text, got ${JSON.stringify(value)}`); }
  if (hasControls(value)) { throw new Mistake(`${name} must be a text without control characters, got ${JSON.stringify(value)}`); }
  return value;
};

const flag: Read<boolean> = (value, name) => {
  if (typeof value !== 'boolean') { throw new Mistake(`${name} must be true or false, got ${JSON.stringify(value)}`); }
  return value;
};

const hopLimit: Read<number> = (value, name) => {
  if (!isHopLimit(value)) { throw new Mistake(`${name} must be a whole number from ${HOP_LIMITS.min} to ${HOP_LIMITS.max}, got ${JSON.stringify(value)}`); }
  return value;
};

const days: Read<number> = (value, name) => {
  if (!Number.isInteger(value) || (value as number) < 1) { throw new Mistake(`${name} must be a whole number of days from 1, got ${JSON.stringify(value)}`); }
  return value as number;
};

const cannotTell: Read<CannotTell> = (value, name) => {
  const found = CANNOT_TELL.find(each => each === value);
  if (!found) { throw new Mistake(`${name} must be one of ${CANNOT_TELL.join(', ')}, got ${JSON.stringify(value)}`); }
  return found;
};

const texts: Read<string[]> = (value, name) => (Array.isArray(value) ? value : [value]).map(each => text(each, name));

/** `sarif=report.sarif`, or the format alone for standard output. */
const outputs: Read<Output[]> = (value, name) => {
  const found = texts(value, name).map((each): Output => {
    const [format, ...file] = each.split('=');
    if (!FORMAT_NAMES.some(known => known === format)) { throw new Mistake(`${name} must be one of ${FORMAT_NAMES.join(', ')}, got ${JSON.stringify(format)}`); }
    if (file.length > 0 && file.join('=') === '') { throw new Mistake(`${name} ${format}= lacks the file; write ${format}=FILE`); }
    const known = { format: format as FormatName };
    return file.length > 0 ? { ...known, file: file.join('=') } : known;
  });
  if (found.filter(({ file }) => file === undefined).length > 1) {
    throw new Mistake(`only one ${name} can go to standard output; give the others a file, as in sarif=report.sarif`);
  }
  return found;
};

/** `ID=REASON` a text, or a map of reasons. */
const reasons: Read<ReadonlyMap<string, string>> = (value, name) => {
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

const READ = {
  paths: texts,
  stdinName: text,
  format: outputs,
  maxHopLimit: hopLimit,
  cannotTell,
  allowLaunchTemplate: reasons,
  baseline: text,
  updateBaseline: flag,
  exemptions: text,
  maxExemptionDays: days,
  forbidExemptions: flag,
  forbidAcknowledgements: flag,
  quiet: flag,
  color: flag,
} as const;

type Name = keyof typeof READ;

/** As the command line and the configuration file spell the options. */
export type RawOptions = { readonly [name: string]: unknown };

/**
 * Reads the options. What the command line says wins over the configuration file.
 *
 * @throws Mistake for a value that an option cannot take, or an option that there is not
 */
export function checkOptions(given: RawOptions, configured: RawOptions = {}, configFile = 'the configuration'): CheckOptions {
  const unknown = Object.keys(configured).find(name => !Object.hasOwn(READ, name));
  if (unknown !== undefined) { throw new Mistake(`${configFile}: there is no option ${JSON.stringify(unknown)}; there are ${Object.keys(READ).join(', ')}`); }
  const read = <T>(name: Name, otherwise: T): T => {
    const reader = READ[name] as unknown as Read<T>;
    const set = configured[name] === undefined ? otherwise : reader(configured[name], `${configFile}: ${name}`); // told even if overruled
    return given[name] === undefined ? set : reader(given[name], flagName(name));
  };
  const options: CheckOptions = {
    paths: read('paths', []),
    stdinName: read('stdinName', undefined),
    formats: read('format', [{ format: 'text' }]),
    maxHopLimit: read('maxHopLimit', undefined),
    cannotTell: read('cannotTell', 'warn'),
    allowLaunchTemplate: read('allowLaunchTemplate', new Map()),
    baseline: read('baseline', undefined),
    updateBaseline: read('updateBaseline', false),
    exemptions: read('exemptions', undefined),
    maxExemptionDays: read('maxExemptionDays', undefined),
    forbidExemptions: read('forbidExemptions', false),
    forbidAcknowledgements: read('forbidAcknowledgements', false),
    quiet: read('quiet', false),
    color: read('color', true),
  };
  if (options.updateBaseline && options.baseline === undefined) { throw new Mistake('--update-baseline needs --baseline FILE, the file to write'); }
  if (options.stdinName !== undefined && !options.paths.includes(STDIN)) { throw new Mistake(`--stdin-name needs the path ${STDIN}, which is standard input`); }
  return options;
}

function flagName(name: Name): string {
  return name === 'paths' ? 'PATH' : `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}
