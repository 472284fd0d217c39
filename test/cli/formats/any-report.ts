import * as fc from 'fast-check';
import { reportOf } from './sample-report';
import { Report, ReportedExemption, ReportedFinding } from '../../../src/engine/findings/report';
import { RULE_IDS } from '../../../src/engine/findings/rules';

/** What a template can hold to break a report, or to deceive its reader. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '| a | b |',
  '::error file=x::no',
  '##[add-mask]no',
  '##vso[task.setvariable variable=x]no',
  'two\nlines\r\nmore',
  '"quoted" \'single\' `tick`',
  '🦊 naïve 試験',
  '\u0000\u0007\u001B[31mred\u001B[0m\u007F\u0085',
  'left\u202Eright\u2028end\uFEFF',
  '\uD800 half',
  '__proto__',
  'constructor',
  ']]></failure><x>&amp;&#1;',
  '[click](https://example.com)',
  '100% %0A, a:b',
  '@everyone $x$ *bold* _it_ ~~no~~ \\',
  '{0} {{x}}',
  '',
  'x'.repeat(700),
] as const;

/** Text from a template: anything. */
export function anyText(): fc.Arbitrary<string> {
  return fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ maxLength: 20 }));
}

/** A logical id as CloudFormation accepts it. */
export function anyLogicalId(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{3,12}$/);
}

/** Any report whose parts agree; names that a template holds come from `text`, logical ids from `logicalId`. */
export function anyReport(logicalId = anyText(), text = anyText()): fc.Arbitrary<Report> {
  const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
  const file = fc.oneof(fc.constantFrom('cdk.out/App.template.json', 'b/c d.yaml', '<stdin>', '../up.json', '/abs/x.json', 'C:/x.json'), text);
  const type = fc.oneof(fc.constant('AWS::EC2::Instance'), text);
  const position = { line: maybe(fc.integer({ min: 1, max: 1e6 })), column: maybe(fc.integer({ min: 1, max: 1e4 })) };
  const finding: fc.Arbitrary<ReportedFinding> = fc.record({
    ...position,
    source: maybe(fc.record({
      file, line: fc.integer({ min: 1, max: 1e6 }), column: maybe(fc.integer({ min: 1, max: 1e4 })), inRepository: maybe(file),
    })),
    logicalId,
    type,
    file,
    rule: fc.constantFrom(...RULE_IDS),
    verdict: fc.constantFrom('violation', 'cannot tell', 'advice'),
    constructPath: maybe(text),
    path: text,
    values: fc.array(fc.oneof(text, fc.jsonValue()), { maxLength: 3 }),
    reason: text,
    fix: text,
    page: fc.oneof(fc.constant('https://docs.aws.amazon.com/x'), text),
    stack: text,
    fingerprint: fc.oneof(fc.constantFrom('same', 'same-2'), fc.string({ minLength: 1 })),
    level: fc.constantFrom('error', 'warning', 'note'),
    status: fc.constantFrom('new', 'baseline', 'exempt'),
  });
  const exemption: fc.Arbitrary<ReportedExemption> = fc.record({
    logicalId,
    file,
    stack: text,
    constructPath: maybe(text),
    source: fc.constantFrom('exemption', 'acknowledgement', 'file'),
    reason: text,
    owner: maybe(text),
    until: maybe(fc.constant('2026-03-20')),
    daysLeft: maybe(fc.integer({ min: -400, max: 400 })),
    rules: maybe(fc.array(text, { maxLength: 2 })),
    state: fc.constantFrom('active', 'expiring', 'expired', 'invalid', 'unused', 'not allowed'),
  });
  const verdict = fc.constantFrom('compliant', 'violation', 'cannot tell', 'not governed');
  const resource = fc.record({ logicalId, type, verdict, constructPath: maybe(text) });
  return fc.record({
    templates: fc.array(fc.record({ file, stack: text, resources: fc.array(resource, { maxLength: 4 }) }), { maxLength: 3 }),
    findings: fc.array(finding, { maxLength: 8 }),
    exemptions: fc.array(exemption, { maxLength: 3 }),
    problems: fc.array(fc.record({ ...position, file, message: text }), { maxLength: 2 }),
    notes: fc.array(fc.record({ ...position, file, message: text }), { maxLength: 2 }),
    passedOver: fc.dictionary(text, fc.integer({ min: 1, max: 9 }), { maxKeys: 10 }).map(endings => ({ count: 9, endings })),
    cannotTell: fc.constantFrom('fail', 'warn', 'ignore'),
  }).map(parts => reportOf(parts));
}

/** What fails, which no format may lose. */
export function newErrors({ findings }: Report): ReportedFinding[] {
  return findings.filter(each => each.status === 'new' && each.level === 'error');
}
