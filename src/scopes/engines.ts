import { IPolicyValidationContext, PolicyValidationPluginReport, Stage } from '../cdk/cdk';

/** One of the copies of this library in a process: of the app, of a library that it uses, or of the preload. */
export interface Engine {
  readonly version: string;
  synthesize(stage: Stage, original: () => unknown, isForced?: boolean): unknown;
  validate(context: IPolicyValidationContext): PolicyValidationPluginReport;
}

const ENGINES = Symbol.for('cdk-imds-guard.engines');

/** Every copy that guards something in this process, as far as they know of each other. */
export function engines(): readonly Engine[] {
  return (globalThis as { [ENGINES]?: readonly Engine[] })[ENGINES] ?? [];
}

/** To be called before the copy guards anything; calling again changes nothing. */
export function addEngine(engine: Engine): void {
  if (!engines().includes(engine)) { (globalThis as { [ENGINES]?: readonly Engine[] })[ENGINES] = [...engines(), engine]; }
}

/** One that is newer than a version, if there is any. */
export function newerEngine(version: string): Engine | undefined {
  return engines().length > 0 && isNewer(newestEngine().version, version) ? newestEngine() : undefined;
}

/** The newest copy does the work of all, so that everything is done once; of two of a version the first that came. */
export function newestEngine(): Engine {
  return engines().reduce((newest, each) => isNewer(each.version, newest.version) ? each : newest);
}

/** As https://semver.org has it, but for the order of two prereleases of one version, which is that of their texts. */
function isNewer(one: string, other: string): boolean {
  const [[release, prerelease], [otherRelease, otherPrerelease]] = [one, other].map(version => version.split('-'));
  const order = release.localeCompare(otherRelease, undefined, { numeric: true });
  if (order !== 0) { return order > 0; }
  return otherPrerelease !== undefined && (prerelease === undefined || prerelease.localeCompare(otherPrerelease, undefined, { numeric: true }) > 0);
}
