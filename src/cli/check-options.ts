import { STDIN } from './inputs';
import { Output } from './setting-readers';
import { Settled } from './settings-layers';
import { SettingName } from './settings-table';
import { Exemption } from '../engine/exemptions/exemptions';
import { CannotTell } from '../engine/findings/report';
import { exemptionOf } from '../scopes/enforce-override';
import { EnforceSettings, enforceSettings } from '../settings/enforce-settings';
import { Mistake } from '../settings/mistake';

/** What `imds-guard check` was asked for, from the command line or settings files. */
export interface CheckOptions {
  readonly paths: readonly string[];

  /** Patterns of what folders and globs leave out. */
  readonly exclude: readonly string[];

  /** Files of what the parameters of templates are given. */
  readonly parameters: readonly string[];

  /** Values by `Name` or `Stack:Name`. */
  readonly parameter: ReadonlyMap<string, string>;

  /** What is checked, as its owner calls it. */
  readonly name?: string;

  /** What the template on standard input is called, and known by in a baseline. */
  readonly stdinName?: string;

  /** What is named may be no template, which is passed over. */
  readonly onlyTemplates: boolean;
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

  /** What settings files ask of the guard. */
  readonly enforce: EnforceSettings;

  /** Exemptions that the organization's file makes: they count whatever else is forbidden. */
  readonly granted: readonly Exemption[];
  readonly forbidAcknowledgements: boolean;
  readonly requireGuard: boolean;
  readonly quiet: boolean;
  readonly color: boolean;
}

/**
 * The options that hold.
 *
 * @throws Mistake for options that do not go together
 */
export function checkOptions({ values }: Pick<Settled, 'values'>, enforce: EnforceSettings = enforceSettings([])): CheckOptions {
  const valueOf = <T>(name: SettingName, otherwise: T): T => (values.get(name) ?? otherwise) as T; // the table has read it
  const options: CheckOptions = {
    paths: valueOf('paths', []),
    exclude: valueOf('exclude', []),
    parameters: valueOf('parameters', []),
    parameter: valueOf('parameter', new Map()),
    name: valueOf('name', undefined),
    stdinName: valueOf('stdinName', undefined),
    onlyTemplates: valueOf('onlyTemplates', false),
    formats: valueOf('format', [{ format: 'text' }]),
    maxHopLimit: valueOf('maxHopLimit', enforce.options.maxHttpPutResponseHopLimit), // one maximum in a file is enough
    cannotTell: valueOf('cannotTell', 'warn'),
    allowLaunchTemplate: valueOf('allowLaunchTemplate', new Map()),
    baseline: valueOf('baseline', undefined),
    updateBaseline: valueOf('updateBaseline', false),
    exemptions: valueOf('exemptions', undefined),
    maxExemptionDays: valueOf('maxExemptionDays', undefined),
    forbidExemptions: valueOf('forbidExemptions', false),
    enforce,
    granted: enforce.overrides.filter(({ exempt }) => exempt).map(exemptionOf),
    forbidAcknowledgements: valueOf('forbidAcknowledgements', false),
    requireGuard: valueOf('requireGuard', false),
    quiet: valueOf('quiet', false),
    color: valueOf('color', true),
  };
  if (options.updateBaseline && options.baseline === undefined) { throw new Mistake('--update-baseline needs --baseline FILE, the file to write'); }
  if (options.stdinName !== undefined && !options.paths.includes(STDIN)) { throw new Mistake(`--stdin-name needs the path ${STDIN}, which is standard input`); }
  return options;
}
