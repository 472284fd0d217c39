import { resolve } from 'path';
import { isInside } from './inside';
import { Output } from './setting-readers';
import { flagName, Setting, SETTING_NAMES, SettingName, SETTINGS } from './settings-table';
import { LoosenedSetting } from '../engine/findings/report';
import { ENFORCE } from '../settings/enforce-settings';
import { Layer } from '../settings/layer';
import { isLooser, shownValue } from '../settings/looser';
import { Mistake } from '../settings/mistake';
import { Read } from '../settings/readers';

export interface Settled {
  readonly values: ReadonlyMap<SettingName, unknown>;

  /** What holds and lets more pass than without the file; from the command line, more than the organization's file does. */
  readonly loosened: readonly LoosenedSetting[];
}

const DEFAULTS: ReadonlyMap<SettingName, unknown> = new Map<SettingName, unknown>([['cannotTell', 'warn']]);

/** Where editors look for the schema of a file. */
const SCHEMA = '$schema';

/**
 * What holds of all that was said. The layers come from the weakest to the strongest.
 *
 * @throws Mistake for a value that an option cannot take, an option that there is not, and one that is not for this file to set
 */
export function settled(layers: readonly Layer[], cwd: string): Settled {
  const organization = layers.find(({ by }) => by === 'organization');
  const said = new Map<SettingName, Said[]>();
  for (const layer of layers) {
    refuseUnknown(layer);
    for (const name of SETTING_NAMES.filter(each => layer.raw[each] !== undefined)) {
      const { read, setBy, tighter } = SETTINGS[name] as Setting;
      const { by, file } = layer;
      const where = file === undefined ? flagName(name) : `${file}: ${name}`;
      const value = (read as Read<unknown>)(layer.raw[name], where);
      if (!setBy.includes(by)) { throw new Mistake(`${where} is for the command line alone, as ${flagName(name)}; take it out of the file`); }
      const before = said.get(name) ?? [];
      const isBeside = by === 'repository' && organization !== undefined;
      const held = valueOf(name, before);
      if (isBeside && isLooser(tighter, value, held)) { throw new Mistake(tooLoose(where, value, held, organization)); }
      said.set(name, [...before, { by, file, value: isBeside ? beside(name, held, value, where, cwd) : value }]);
    }
  }
  return {
    values: new Map([...DEFAULTS, ...[...said].map(([name, all]) => [name, valueOf(name, all)] as const)]),
    loosened: [...said].flatMap(([name, all]) => loosening(name, all, organization !== undefined) ?? []),
  };
}

/** The value of an option in one layer. */
interface Said extends Pick<Layer, 'by' | 'file'> {
  readonly value: unknown;
}

function valueOf(name: SettingName, said: readonly Said[]): unknown {
  return said.length > 0 ? said[said.length - 1].value : DEFAULTS.get(name);
}

/** The command line is held against the organization's file, and only against that: whoever runs the check sees what was given. */
function loosening(name: SettingName, said: readonly Said[], hasOrganization: boolean): LoosenedSetting | undefined {
  const { tighter } = SETTINGS[name] as Setting;
  const { by, value } = said[said.length - 1];
  const option = { option: name, value: shownValue(value) };
  if (by === 'command line' && hasOrganization && isLooser(tighter, value, valueOf(name, said.filter(each => each.by === 'organization')))) { return { ...option, by }; }
  const allowing = said.find(each => each.file !== undefined && !isLooser(tighter, value, each.value));
  return allowing && isLooser(tighter, value, DEFAULTS.get(name)) ? { ...option, by: allowing.by, file: allowing.file } : undefined;
}

/** What a repository's value becomes beside the organization's. */
function beside(name: SettingName, held: unknown, value: unknown, where: string, cwd: string): unknown {
  if (value instanceof Map) { return new Map([...value].map(([key, reason]) => [key, (held as Map<unknown, unknown>).get(key) ?? reason])); } // none is added
  return name === 'format' ? withFormats(held as Output[] | undefined, value as Output[], where, cwd) : value;
}

function refuseUnknown({ by, file, raw }: Layer): void {
  const unknown = Object.keys(raw).find(name => !Object.hasOwn(SETTINGS, name) && name !== SCHEMA && name !== ENFORCE);
  if (by !== 'command line' && unknown !== undefined) {
    const known = SETTING_NAMES.filter(name => (SETTINGS[name] as Setting).setBy.includes(by));
    throw new Mistake(`${file}: there is no option ${JSON.stringify(unknown)}; there are ${[...known, ENFORCE].join(', ')}`);
  }
}

function tooLoose(where: string, value: unknown, before: unknown, { file }: Layer): string {
  const held = before === undefined ? '' : ` (${shownValue(before)})`;
  return `${where}: ${shownValue(value)} lets more pass than the organization's file ${file} does${held}; take it out, or have it set there`;
}

/** The organization's reports are written all the same; the log may read otherwise. */
function withFormats(before: readonly Output[] = [], added: readonly Output[], where: string, cwd: string): Output[] {
  const outside = added.find(({ file }) => file !== undefined && !isInside(cwd, file));
  if (outside) { throw new Mistake(`${where}: ${outside.file} must be a relative path in the working directory; give the report a file there`); }
  const hasLog = added.some(({ file }) => file === undefined);
  return [...before.filter(({ file }) => file !== undefined || !hasLog), ...added.filter(each => !before.some(({ format, file }) => (
    each.file !== undefined && each.format === format && file !== undefined && resolve(cwd, each.file) === resolve(cwd, file)
  )))];
}
