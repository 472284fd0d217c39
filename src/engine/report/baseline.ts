import { compare } from '../findings/fingerprint';
import { Report, ReportedFinding } from '../findings/report';
import { RuleId } from '../findings/rules';
import { isObject } from '../json/json';

/** What is in a file of known findings. Only the fingerprint counts; the rest is for those who read it. */
interface Entry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly stack: string;
  readonly file: string;
  readonly logicalId: string;
  readonly path: string;
}

/** A file of known findings that was read. */
export interface Baseline {
  readonly fingerprints: ReadonlySet<string>;

  /** How many of its findings are gone from the templates that a report is about; of others nothing is known. */
  gone(report: Pick<Report, 'findings' | 'templates'>): number;
}

const VERSION = 1;
const TOOL = 'cdk-imds-guard';

/** Whether a finding can be put up with. One about an exemption, about the check itself, or about the guard, cannot. */
export function isBaselinable(rule: RuleId): boolean {
  return !['internal-error', 'not-guarded', 'weaker-inside'].includes(rule) && !/^(exemption|acknowledgement)-/.test(rule);
}

/** The findings of a report as a file of known findings: those that are not exempt, sorted, so that a difference is easy to read. */
export function baselineOf({ findings }: Pick<Report, 'findings'>): string {
  const entries = findings.filter(each => each.status !== 'exempt' && isBaselinable(each.rule)).map(entryOf).sort(byPlace);
  return `${JSON.stringify({ version: VERSION, tool: TOOL, findings: entries }, undefined, 2)}\n`;
}

/** Whether the content of a file is a baseline, of any version, complete or not: what may be written anew. */
export function isBaseline(parsed: unknown): parsed is { readonly version: unknown; readonly findings: unknown[] } {
  return isObject(parsed) && parsed.tool === TOOL && Array.isArray(parsed.findings);
}

/** The content of such a file, or what is wrong with it. */
export function baselineFrom(parsed: unknown): Baseline | { readonly problem: string } {
  if (!isBaseline(parsed)) {
    return { problem: `this is no baseline of ${TOOL}; make one with --update-baseline` };
  }
  if (parsed.version !== VERSION) {
    return { problem: `version ${VERSION} was expected, got ${JSON.stringify(parsed.version)}; make the baseline again with --update-baseline` };
  }
  const wrong = parsed.findings.findIndex(each => !isObject(each) || typeof each.fingerprint !== 'string' || each.fingerprint === '');
  if (wrong >= 0) { return { problem: `findings[${wrong}] has no 'fingerprint'; make the baseline again with --update-baseline` }; }
  const entries = parsed.findings as Entry[];
  return { fingerprints: new Set(entries.map(each => each.fingerprint)), gone: report => goneFrom(entries, report) };
}

function goneFrom(entries: readonly Entry[], { findings, templates }: Pick<Report, 'findings' | 'templates'>): number {
  const template = ({ file, stack }: { readonly file: string; readonly stack: string }): string => JSON.stringify([file, stack]);
  const examined = new Set(templates.map(template));
  const found = new Set(findings.map(each => each.fingerprint));
  return entries.filter(each => examined.has(template(each)) && !found.has(each.fingerprint)).length;
}

function entryOf(finding: ReportedFinding): Entry {
  const { fingerprint, rule, stack, file, logicalId, path } = finding;
  return { fingerprint, rule, stack, file, logicalId, path };
}

function byPlace(a: Entry, b: Entry): number {
  return compare(a.stack, b.stack) || compare(a.file, b.file) || compare(a.logicalId, b.logicalId) || compare(a.path, b.path)
    || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint);
}
