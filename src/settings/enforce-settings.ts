import { ENFORCE_SETTING_NAMES, ENFORCE_SETTINGS, EnforceSetting, EnforceSettingName } from './enforce-table';
import { Layer, RawOptions } from './layer';
import { isLooser, shownValue } from './looser';
import { Mistake } from './mistake';
import { readOverride } from './read-override';
import { Read } from './readers';
import { checkPolicy } from '../engine/exemptions/exemption-policy';
import { EnforceOverride } from '../scopes/enforce-override';
import { scopeSettingsOf } from '../scopes/scope-settings';

/** The name of the section in a settings file. */
export const ENFORCE = 'enforce';

const OVERRIDES = 'overrides';

/** What settings files ask of apps that do not call the library. */
export interface EnforceSettings {
  readonly mode: 'enforce' | 'observe';

  /** Props of `ImdsGuard.enforce`. */
  readonly options: { readonly [Name in Exclude<EnforceSettingName, 'mode'>]?: ReturnType<typeof ENFORCE_SETTINGS[Name]['read']> };

  /** Of the organization alone; of several that hold for a stack the last decides. */
  readonly overrides: readonly EnforceOverride[];

  /** Whether any file has the section. */
  readonly isGiven: boolean;

  /** The settings files that were read, from the weakest to the strongest. */
  readonly files: readonly string[];
}

/**
 * What holds of what the organization's file and the repository's say: beside the organization's, the repository's says only what is tighter.
 *
 * @throws Mistake for what the section cannot hold, and for what lets more pass than the organization's file does
 */
export function enforceSettings(layers: readonly Layer[]): EnforceSettings {
  const values = new Map<EnforceSettingName, unknown>();
  const overrides: EnforceOverride[] = [];
  const organization = layers.find(({ by }) => by === 'organization');
  for (const layer of layers) {
    const section = sectionOf(layer);
    for (const name of ENFORCE_SETTING_NAMES.filter(each => section[each] !== undefined)) {
      const { read, tighter } = ENFORCE_SETTINGS[name] as EnforceSetting;
      const where = `${layer.file}: ${ENFORCE}.${name}`;
      const value = (read as Read<unknown>)(section[name], where);
      const held = values.get(name);
      if (layer.by === 'repository' && organization && isLooser(tighter, value, held ?? DEFAULTS[name])) {
        throw new Mistake(`${where}: ${shownValue(value)} lets more pass than the organization's file ${organization.file} does (${shownValue(held ?? DEFAULTS[name])}); `
          + 'take it out, or have it set there');
      }
      values.set(name, value);
    }
    if (section[OVERRIDES] !== undefined) { overrides.push(...overridesIn(section[OVERRIDES], layer)); }
  }
  const { mode = 'enforce', ...options } = Object.fromEntries(values) as { mode?: EnforceSettings['mode'] } & EnforceSettings['options'];
  if (values.size > 0) { checkTogether(options, layers); }
  const files = layers.flatMap(({ file }) => file ?? []);
  return { mode, options, overrides, isGiven: layers.some(({ raw }) => raw[ENFORCE] !== undefined), files };
}

const DEFAULTS: { readonly [Name in EnforceSettingName]?: unknown } = { mode: 'enforce' };

function sectionOf({ raw, file }: Layer): RawOptions {
  const { [ENFORCE]: section = {} } = raw;
  if (typeof section !== 'object' || section === null || Array.isArray(section)) { throw new Mistake(`${file}: ${ENFORCE} must be an object`); }
  const unknown = Object.keys(section).find(name => !Object.hasOwn(ENFORCE_SETTINGS, name) && name !== OVERRIDES);
  if (unknown !== undefined) {
    throw new Mistake(`${file}: there is no option ${JSON.stringify(unknown)} in ${ENFORCE}; there are ${[...ENFORCE_SETTING_NAMES, OVERRIDES].join(', ')}`);
  }
  return section as RawOptions;
}

function overridesIn(value: unknown, { by, file }: Layer): EnforceOverride[] {
  const where = `${file}: ${ENFORCE}.${OVERRIDES}`;
  if (by !== 'organization') { throw new Mistake(`${where} are for the organization's file alone; take them out`); }
  if (!Array.isArray(value)) { throw new Mistake(`${where} must be a list, got ${JSON.stringify(value)}`); }
  return value.map((each, i) => readOverride(each, `${where}[${i}]`));
}

/** What the library itself says of them, such as a hop limit above the maximum, or a type that a list does not take. */
function checkTogether({ maxExemptionDays, forbidExemptions, forbidAcknowledgements, ...props }: EnforceSettings['options'], layers: readonly Layer[]): void {
  try {
    checkPolicy({ maxExemptionDays, forbidExemptions, forbidAcknowledgements });
    scopeSettingsOf(props);
  } catch (error) {
    throw new Mistake(`${layers.flatMap(({ file }) => file ?? []).join(' and ')}: ${ENFORCE}: ${(error as Error).message}`);
  }
}
