import { checkSettings } from '../../engine/surfaces/settings';
import { ScopeSettings, scopeSettingsOf } from '../../scopes/scope-settings';
import { RawOptions } from '../../settings/layer';
import { Mistake } from '../../settings/mistake';
import { readOptions } from '../check';
import { CheckOptions } from '../check-options';
import { STDIN } from '../inputs';
import { Terminal } from '../terminal';

/** What `imds-guard fix` was asked for. */
export interface FixOptions {
  /** What is checked with, from the command line and the settings files. */
  readonly check: CheckOptions;

  /** What is written, and what may be replaced, as enforcement takes it. */
  readonly enforce: ScopeSettings;
  readonly mode: Mode;
  readonly isForced: boolean;
}

export type Mode = 'write' | 'dry run' | 'check';

/** Options that `check` does not have. */
interface Own {
  readonly hopLimit?: unknown;
  readonly allowReplacement?: string[];
  readonly includeType?: string[];
  readonly dryRun?: boolean;
  readonly check?: boolean;
  readonly force?: boolean;
}

/** @throws Mistake for options that cannot hold */
export function fixOptions(raw: RawOptions & Own, terminal: Terminal): FixOptions {
  const { hopLimit, allowReplacement, includeType, dryRun, check: isCheck, force, ...given } = raw;
  if (dryRun && isCheck) { throw new Mistake('--dry-run and --check do not go together; --dry-run prints what would change, --check only fails on it'); }
  const { options: check } = readOptions(given, terminal);
  if (check.paths.length === 0) { throw new Mistake('name what to fix: templates, folders or globs'); }
  if (check.paths.includes(STDIN)) { throw new Mistake('standard input is no file, so it cannot be edited; name templates, folders or globs'); }
  const { options: settings } = check.enforce;
  return {
    check,
    enforce: enforceOf({
      ...settings,
      httpPutResponseHopLimit: (hopLimit ?? settings.httpPutResponseHopLimit) as number | undefined,
      maxHttpPutResponseHopLimit: check.maxHopLimit,
      allowReplacement: allowReplacement ?? settings.allowReplacement,
      includeResourceTypes: includeType ?? settings.includeResourceTypes,
    }),
    mode: dryRun ? 'dry run' : isCheck ? 'check' : 'write',
    isForced: force === true,
  };
}

/** The library says it with the names of its props. */
const FLAGS: ReadonlyMap<string, string> = new Map([
  ['httpPutResponseHopLimit', '--hop-limit'], ['maxHttpPutResponseHopLimit', '--max-hop-limit'],
  ['allowReplacement', '--allow-replacement'], ['includeResourceTypes', '--include-type'],
]);

function enforceOf(props: Parameters<typeof scopeSettingsOf>[0]): ScopeSettings {
  try {
    checkSettings(props);
    return scopeSettingsOf(props);
  } catch (error) {
    throw new Mistake((error as Error).message.replace(/'(\w+)'/g, (quoted, name: string) => FLAGS.get(name) ?? quoted));
  }
}
