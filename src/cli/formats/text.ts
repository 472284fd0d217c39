import { createColors } from 'picocolors';
import { Alike, alike, toldOf } from './alike';
import { FormatOptions } from './format';
import { moreOf } from './listed';
import { counted, daysLeftOf, enforcingOf, grouped, locationOf, locationsOf, looseningsOf, nameOf, news, outcomeOf, inputLinesOf, propertyOf, summaryOf } from './wording';
import { Problem, Report, ReportedExemption, ReportedFinding } from '../../engine/findings/report';
import { visible, withoutCommand } from '../../engine/text/visible';
import { wrapped } from '../../engine/text/wrapped';

type Colors = ReturnType<typeof createColors> & { readonly width: number };

const IN_A_PIPE = 80;

/** Narrower, the words would stand one below the other. */
const NARROWEST = 40;

/** What a person reads in a terminal: by stack and resource, the summary last. */
export function text(report: Report, { colour, quiet, width = IN_A_PIPE }: FormatOptions): string {
  const colors: Colors = { ...createColors(colour), width: Math.max(width, NARROWEST) };
  const findings = news(report).filter(each => !quiet || each.level === 'error');
  const stacks = grouped(findings, each => JSON.stringify([each.file, each.stack]));
  const sections = [
    ...inOrder(stacks, report).map(each => stackSection(each, colors)),
    ...quiet ? [] : [notGoverned(report, colors), exemptionSection(report, colors), baselineSection(report)],
    ...quiet ? [] : [noteSection(report, colors)],
    ...quiet ? [] : [inputLinesOf(report)],
    problemSection(report, colors),
    looseningsOf(report).map(colors.yellow),
    quiet ? [] : enforcingOf(report),
    [colors.bold(summaryOf(report)), outcomeColour(report, colors)(outcomeOf(report))],
  ];
  return sections.filter(lines => lines.length > 0).map(lines => `${lines.map(withoutCommand).join('\n')}\n`).join('\n');
}

/** As the templates come. */
function inOrder(stacks: readonly ReportedFinding[][], { templates }: Report): ReportedFinding[][] {
  const places = new Map(templates.map(({ file }, i) => [file, i]));
  const place = ([{ file }]: ReportedFinding[]): number => places.get(file) ?? templates.length;
  return [...stacks].sort((a, b) => place(a) - place(b));
}

function stackSection(findings: readonly ReportedFinding[], colors: Colors): string[] {
  const [{ stack, file }] = findings;
  return [
    stack === file ? colors.bold(visible(file)) : `${colors.bold(visible(stack))}  ${colors.dim(visible(file))}`,
    ...alike(findings).flatMap(each => ['', ...resourceLines(each, colors)]),
  ];
}

function resourceLines(resources: Alike, colors: Colors): string[] {
  const [[first]] = resources;
  const types = [...new Set(resources.map(([{ type }]) => type))].filter(each => each !== '').join(', ');
  const told = toldOf(resources);
  const places = told.map(({ same }) => placesOf(same, colors.width - INDENTATION));
  return [
    resources.length === 1
      ? `  ${colors.bold(visible(nameOf(first)))}${colors.dim(besideName(first))}`
      : `  ${colors.bold(counted(resources.length, 'resource'))}${colors.dim(`  ${visible(types)}`)}`,
    ...told.flatMap(({ finding, more }, i) => [
      ...findingLines(
        finding.page === told[i - 1]?.finding.page ? { ...finding, page: '' } : finding,
        i > 0 && places[i].join() === places[i - 1].join() ? [] : places[i],
        colors,
      ),
      ...moreOf(finding, more).map(line => `    ${visible(line)}`),
    ]),
  ];
}

function besideName({ constructPath, logicalId, type }: Pick<ReportedFinding, 'constructPath' | 'logicalId' | 'type'>): string {
  const parts = [constructPath === undefined ? '' : logicalId, type].filter(each => each !== '');
  return parts.length === 0 ? '' : `  ${visible(parts.join(', '))}`;
}

/** Of several resources each is named where it is, and only there; the logical id beside the path of the construct where there is room for both. */
function placesOf(same: readonly ReportedFinding[], width: number): string[] {
  if (same.length === 1) { return locationsOf(same[0]); }
  return same.map(each => {
    const place = `${locationsOf(each)[0]}  ${nameOf(each)}`;
    const withId = `${place}  ${each.logicalId}`;
    return each.constructPath !== undefined && withId.length <= width ? withId : place;
  });
}

function findingLines(finding: ReportedFinding, places: readonly string[], colors: Colors): string[] {
  const { level, rule, reason, fix, page } = finding;
  const property = propertyOf(finding);
  const details: [string, string][] = [['why', reason], ['fix', fix], ['page', page]];
  return [
    `    ${levelColour(level, colors)(level)}  ${visible(rule)}`,
    ...property === '' ? [] : [`${label('property', colors)}${visible(property)}`],
    ...details.filter(([, value]) => value !== '').flatMap(([name, value]) => labelled(name, value, colors)),
    ...places.map((each, i) => `${label(i === 0 ? 'at' : '', colors)}${visible(each)}`),
  ];
}

function labelled(name: string, value: string, colors: Colors): string[] {
  return wrapped(visible(value), colors.width - INDENTATION).map((line, i) => `${label(i === 0 ? name : '', colors)}${line}`);
}

/** Of what stands behind a label. */
const INDENTATION = 16;

function label(name: string, colors: Colors): string {
  return `      ${colors.dim(name.padEnd(8))}  `;
}

function levelColour(level: ReportedFinding['level'], colors: Colors): (value: string) => string {
  return { error: colors.red, warning: colors.yellow, note: colors.cyan }[level];
}

function notGoverned({ templates }: Report, colors: Colors): string[] {
  const ungoverned = templates.flatMap(({ stack, resources }) => (
    resources.filter(each => each.verdict === 'not governed').map(each => ({ name: each.constructPath ?? `${stack}/${each.logicalId}`, type: each.type }))
  ));
  return ungoverned.length === 0 ? [] : [
    colors.bold('Not governed: CloudFormation has no IMDS setting for these'),
    ...grouped(ungoverned, each => each.type).map(each => `  ${visible(each[0].type)}  ${colors.dim(visible(each.map(({ name }) => name).join(', ')))}`),
  ];
}

function exemptionSection({ exemptions }: Report, colors: Colors): string[] {
  return exemptions.length === 0 ? [] : [colors.bold('Exemptions'), ...exemptions.flatMap(each => exemptionLines(each, colors))];
}

function exemptionLines(exemption: ReportedExemption, colors: Colors): string[] {
  const { state, file, owner, reason, rules, source } = exemption;
  const mark = { active: colors.green, expiring: colors.yellow, unused: colors.yellow }[state as string] ?? colors.red;
  const held = [daysLeftOf(exemption), ...owner === undefined ? [] : [`owner ${owner}`], ...source === 'exemption' ? [] : [FROM[source]]];
  return [
    `  ${mark(state)}  ${visible(nameOf(exemption))}  ${colors.dim(visible(file))}`,
    ...labelled('term', held.join(', '), colors),
    ...reason === '' ? [] : labelled('why', reason, colors),
    ...rules === undefined ? [] : labelled('covers', rules.join(', '), colors),
  ];
}

const FROM = { acknowledgement: 'CDK acknowledgement', file: 'from the exemptions file' };

function baselineSection({ counts }: Report): string[] {
  if (counts.baseline === 0) { return []; }
  return [`${counts.baseline === 1 ? '1 finding is' : `${counts.baseline} findings are`} in the baseline and not listed: --format json lists all`];
}

function noteSection({ notes = [] }: Report, colors: Colors): string[] {
  return notes.map(each => `${colors.cyan('note')}  ${visible(locationOf(each))}: ${visible(each.message)}`);
}

function problemSection({ problems }: Report, colors: Colors): string[] {
  return problems.length === 0 ? [] : [colors.bold('Could not be read'), ...problems.map(each => problemLine(each, colors))];
}

function problemLine(problem: Problem, colors: Colors): string {
  return `  ${colors.red('error')}  ${visible(locationOf(problem))}: ${visible(problem.message)}`;
}

function outcomeColour({ exitCode, counts }: Report, colors: Colors): (value: string) => string {
  if (exitCode > 0) { return colors.red; }
  return counts.cannotTell > 0 || counts.newWarnings > 0 || counts.resources === 0 ? colors.yellow : colors.green;
}
