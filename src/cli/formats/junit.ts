import { listed, moreOf } from './listed';
import { exemptionOf, grouped, locationOf, locationsOf, nameOf, propertyOf, termsOf } from './wording';
import { Element, xml } from './xml';
import { ExaminedResource } from '../../engine/findings/finding';
import { ExaminedTemplate, Report, ReportedFinding } from '../../engine/findings/report';
import { visible } from '../../engine/text/visible';

/**
 * JUnit's XML as Jenkins, GitLab and others read it: a suite for each template, a test for each resource that launches instances.
 * A test fails where the check does; what is undecided, exempt, in the baseline or not governed is skipped, with the reason.
 */
export function junit(report: Report): string {
  const byFile = grouped(report.findings, each => each.file);
  const files = new Map(byFile.map(each => [each[0].file, each]));
  const examined = report.templates.map(each => suiteOf(each, files.get(each.file) ?? [], report));
  const known = new Set(report.templates.map(each => each.file));
  const others = byFile.filter(([{ file }]) => !known.has(file))
    .map(findings => suiteOf({ file: findings[0].file, stack: findings[0].stack, resources: [] }, findings, report));
  const suites = [...examined, ...others, ...unread(report)];
  return xml({ name: 'testsuites', attributes: { name: report.tool.name, ...totals(suites.flatMap(testsOf)), time: 0 }, children: suites });
}

function suiteOf({ file, stack, resources }: ExaminedTemplate, findings: readonly ReportedFinding[], report: Report): Element {
  const byResource = new Map(grouped(findings, each => each.logicalId).map(each => [each[0].logicalId, each]));
  const known = new Set(resources.map(each => each.logicalId));
  const tests = [
    ...resources.map(each => testOf(each, byResource.get(each.logicalId) ?? [], stack, file, report)),
    ...[...byResource.values()].filter(([{ logicalId }]) => !known.has(logicalId)).map(each => testOf(each[0], each, stack, file, report)),
  ];
  return suite(stack, tests);
}

type Tested = Pick<ExaminedResource, 'logicalId' | 'type' | 'constructPath'> & { readonly verdict: string };

function testOf(resource: Tested, findings: readonly ReportedFinding[], stack: string, file: string, report: Report): Element {
  const { logicalId, type, constructPath } = resource;
  const name = [nameOf({ logicalId }), ...type === '' ? [] : [`(${type})`]].join(' ');
  const told = allDetailsOf(findings.filter(each => each.status === 'new' && each.level !== 'error'));
  return {
    name: 'testcase',
    attributes: { name, classname: constructPath ?? stack, file, time: 0 },
    children: [...outcome(resource, findings, report), ...told !== '' ? [{ name: 'system-out', attributes: {}, children: [told] }] : []],
  };
}

function outcome({ verdict }: Tested, findings: readonly ReportedFinding[], report: Report): Element[] {
  const errors = findings.filter(each => each.status === 'new' && each.level === 'error');
  if (errors.length > 0) { return [failure(errors)]; }
  const [exempt] = findings.filter(each => each.status === 'exempt');
  if (exempt) {
    const exemption = exemptionOf(report, exempt);
    return [skipped(`exempt: ${exemption ? termsOf(exemption) : exempt.reason}`)];
  }
  const [known] = findings.filter(each => each.status === 'baseline');
  if (known) { return [skipped(`in the baseline: ${known.rule}: ${known.reason}`)]; }
  if (verdict === 'cannot tell') { return [skipped(['cannot tell', ...undecided(findings)].join(': '))]; }
  if (verdict === 'not governed') { return [skipped('not governed: CloudFormation has no IMDS setting for it')]; }
  if (verdict === 'violation') { return [notFailing(findings)]; }
  return [];
}

/** Jenkins keeps one element a test, so all is in it. */
function failure(errors: readonly ReportedFinding[]): Element {
  const message = listed(errors).flatMap(([each, more]) => [`${each.rule}: ${each.reason}`, ...moreOf(each, more)]).join('; ');
  return { name: 'failure', attributes: { type: errors[0].rule, message }, children: [allDetailsOf(errors)] };
}

function skipped(message: string): Element {
  return { name: 'skipped', attributes: { message } };
}

function undecided(findings: readonly ReportedFinding[]): string[] {
  return findings.filter(each => each.verdict === 'cannot tell').slice(0, 1).map(each => each.reason);
}

/** A violation without an error of its own: told without failing, or of what it launches from, which has a test of its own that fails. */
function notFailing(findings: readonly ReportedFinding[]): Element {
  const [own] = findings.filter(each => each.verdict === 'violation');
  return skipped(own ? `does not fail: ${own.rule}: ${own.reason}` : 'what it launches from has a violation, which is reported there');
}

function allDetailsOf(findings: readonly ReportedFinding[]): string {
  return listed(findings).flatMap(([each, more]) => [detailsOf(each), ...moreOf(each, more)]).join('\n\n');
}

function detailsOf(finding: ReportedFinding): string {
  const { level, rule, reason, fix, page } = finding;
  return [`${level} ${rule}: ${reason}`, propertyOf(finding), `fix: ${fix}`, page, ...locationsOf(finding)].filter(each => each !== '').map(visible).join('\n');
}

function unread({ problems }: Report): Element[] {
  return problems.length === 0 ? [] : [suite('could not be read', problems.map(each => ({
    name: 'testcase',
    attributes: { name: locationOf(each), classname: 'could not be read', file: each.file, time: 0 },
    children: [{ name: 'error', attributes: { type: 'unreadable-input', message: each.message } }],
  })))];
}

function suite(name: string, tests: readonly Element[]): Element {
  return { name: 'testsuite', attributes: { name, ...totals(tests), time: 0 }, children: tests };
}

function testsOf({ children = [] }: Element): Element[] {
  return children.filter(each => typeof each !== 'string');
}

function totals(tests: readonly Element[]): { [name: string]: number } {
  const having = (name: string): number => tests.filter(each => testsOf(each).some(child => child.name === name)).length;
  return { tests: tests.length, failures: having('failure'), errors: having('error'), skipped: having('skipped') };
}
