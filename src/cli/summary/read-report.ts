import { COUNTS } from './fleet';
import { isDay } from '../../engine/exemptions/calendar';
import { Report, ReportedExemption, ReportedFinding } from '../../engine/findings/report';
import { isObject, JsonObject } from '../../engine/json/json';
import { decode, unlikeText } from '../../input/text';

/** What bytes turn out to be: a report, a fault, or something that is no report and never was one. */
export type ReadReport = { readonly report: Report } | Fault | { readonly other: string };

interface Fault {
  readonly fault: string;

  /** Whether nothing but the name of the file could tell that a report was meant. */
  readonly isAnything?: true;
}

const SCHEMA = 1;
const TOOL = 'imds-guard';
const AGAIN = 'run `imds-guard check --format json=FILE` again';

/** How every report begins, without white space. */
const START = '{"schemaVersion":1,"tool":{"name":"imds-guard"';

/** The report of `imds-guard check --format json`. Bytes that were cut off are a fault, never something else. */
export function readReport(bytes: Buffer): ReadReport {
  const unlike = unlikeText(bytes);
  if (unlike !== undefined) { return { fault: unlike.replace('name a template in JSON or YAML', 'name a report in JSON'), isAnything: true }; }
  const text = decode(bytes);
  if (text.trim() === '') { return { fault: `it is empty; ${AGAIN}`, isAnything: true }; }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return mayBeCut(text) ? { fault: `it is cut off or damaged, so no JSON; ${AGAIN}` } : { other: 'it is no JSON; name a report of `imds-guard check --format json`' };
  }
  if (!isObject(value) || !isObject(value.tool) || value.tool.name !== TOOL) { return { other: 'it is no report of `imds-guard check --format json`' }; }
  if (value.kind === 'summary') { return { other: 'it is a summary already; name the reports that it was made of' }; }
  const fault = faultOf(value);
  return fault === undefined ? { report: value as unknown as Report } : { fault };
}

/** Whether text begins as a report, or stops before that can be seen. */
function mayBeCut(text: string): boolean {
  const start = text.slice(0, 1_000).replace(/\s/g, '').replace(/^(\{"schemaVersion":)\d+/, (_, before: string) => `${before}${SCHEMA}`);
  return START.startsWith(start.slice(0, START.length));
}

function faultOf(value: JsonObject): string | undefined {
  const { schemaVersion } = value;
  if (typeof schemaVersion === 'number' && schemaVersion > SCHEMA) {
    return `it is of a newer format (${schemaVersion}) than this command knows (${SCHEMA}); update imds-guard`;
  }
  if (schemaVersion !== SCHEMA || !isWhole(value)) { return `it is no whole report; ${AGAIN}`; }
  const against = contradictionIn(value);
  return against === undefined ? undefined : `it contradicts itself: ${against}; ${AGAIN}`;
}

const READ = [...COUNTS, 'newWarnings'] as const;

/** Whether all is there that a summary reads, each of its kind. */
function isWhole(value: JsonObject): value is JsonObject & Report {
  const { tool, date, counts, exitCode, templates, findings, exemptions, problems, settings, passedOver, name } = value;
  return typeof (tool as JsonObject).version === 'string' && isDay(date) && [0, 1, 2].includes(exitCode as number)
    && isObject(counts) && READ.every(each => isCount(counts[each]))
    && isListOf(templates, ({ resources }) => isListOf(resources, ({ verdict }) => typeof verdict === 'string'))
    && isListOf(findings, isFinding) && isListOf(exemptions, isExemption) && isListOf(problems, () => true)
    && (settings === undefined || (isObject(settings) && isListOf(settings.files, ({ by }) => typeof by === 'string') && isListOf(settings.loosened, () => true)))
    && (passedOver === undefined || (isObject(passedOver) && isCount(passedOver.count)))
    && (name === undefined || typeof name === 'string');
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isListOf(value: unknown, isItem: (item: JsonObject) => boolean): boolean {
  return Array.isArray(value) && value.every(each => isObject(each) && isItem(each));
}

function isFinding({ rule, level, status, verdict }: JsonObject | ReportedFinding): boolean {
  return [rule, level, status, verdict].every(each => typeof each === 'string');
}

function isExemption({ state, owner, until }: JsonObject | ReportedExemption): boolean {
  return typeof state === 'string' && [owner, until].every(each => each === undefined || typeof each === 'string');
}

/** A report that was edited must not read as an all-clear: its lists have to say what its numbers say. */
function contradictionIn({ counts, exitCode, templates, findings, problems }: Report): string | undefined {
  const resources = templates.flatMap(each => each.resources);
  const judged = (verdict: string): number => resources.filter(each => each.verdict === verdict).length;
  const errors = findings.filter(({ status, level }) => status === 'new' && level === 'error').length;
  const told: readonly (readonly [keyof Report['counts'], number])[] = [
    ['templates', templates.length], ['resources', resources.length], ['compliant', judged('compliant')], ['violation', judged('violation')],
    ['cannotTell', judged('cannot tell')], ['notGoverned', judged('not governed')], ['newErrors', errors],
  ];
  const wrong = told.find(([name, listed]) => counts[name] !== listed);
  if (wrong) { return `${wrong[0]} is ${counts[wrong[0]]}, but its lists have ${wrong[1]}`; }
  const isComplete = problems.length === 0 && templates.length > 0;
  const expected = !isComplete ? 2 : errors > 0 ? 1 : 0;
  return exitCode === expected ? undefined : `exitCode is ${exitCode}, but its lists say ${expected}`;
}
