import fc from 'fast-check';
import { exemptionsFrom, FileExemption } from '../../../src/engine/exemptions/exemption-file';
import { EXEMPTABLE } from '../../../src/engine/exemptions/exemptions';
import { ReportInput } from '../../../src/engine/exemptions/report-input';
import { Report } from '../../../src/engine/findings/report';
import { RULE_IDS } from '../../../src/engine/findings/rules';
import { DATE, judged, listed, reportOn, strong, UNDECIDED, weak } from '../../support/judged';

const LEGACY = { reason: 'the agent knows version 1 only', owner: 'team-billing', until: '2026-09-30', scope: 'App/I' };
const RULE = 'cdk-imds-guard::imdsv1-allowed';

const exempt = (exemption: object = {}): object => ({ 'cdk-imds-guard:exemption': { ...LEGACY, ...exemption } });
const acknowledged = (...each: object[]): object => ({ 'cdk-imds-guard:acknowledgements': each.map(one => ({ id: RULE, reason: 'r', scope: 'App/I', ...one })) });

/** A report of one instance that lets IMDSv1 answer. */
function on(metadata: object | undefined, input: Partial<ReportInput> = {}): Report {
  return reportOn({ App: { Resources: { I: weak(metadata) } } }, input);
}

function fileExemptions(...entries: object[]): FileExemption[] {
  const { exemptions, problems } = exemptionsFrom({ exemptions: entries.map(each => ({ reason: 'r', owner: 'o', until: '2026-09-30', ...each })) }, 'exemptions.yaml');
  expect(problems).toEqual([]);
  return [...exemptions];
}

describe('an exemption that a resource carries', () => {
  test('covers what was found about it, which no longer fails', () => {
    const report = on(exempt());
    expect(listed(report)).toEqual(['exempt error imdsv1-allowed I']);
    expect(report).toMatchObject({ exitCode: 0, counts: { exempt: 1, newErrors: 0, violation: 1 } });
    expect(report.exemptions).toEqual([{
      file: 'cdk.out/App.template.json',
      stack: 'App',
      logicalId: 'I',
      constructPath: undefined,
      source: 'exemption',
      reason: LEGACY.reason,
      owner: LEGACY.owner,
      until: LEGACY.until,
      daysLeft: 121,
      rules: undefined,
      state: 'active',
    }]);
  });

  test('covers the rules that it names, and no others', () => {
    expect(listed(on(exempt({ allow: ['imdsv1-allowed'] })))).toEqual(['exempt error imdsv1-allowed I']);
    expect(listed(on(exempt({ allow: ['hop-limit-too-high'] })))).toEqual(['new error imdsv1-allowed I', 'new warning exemption-unused I']);
  });

  test('does not cover a launch template that the resource uses, nor what uses the resource', () => {
    const instance = { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'T' }, Version: { 'Fn::GetAtt': ['T', 'LatestVersionNumber'] } } } };
    const template = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'optional' } } } };
    const errors = (Resources: object): string[] => listed(reportOn({ App: { Resources } })).filter(each => each.includes('error'));
    expect(errors({ I: { ...instance, Metadata: exempt() }, T: template })).toEqual(['new error imdsv1-allowed T']);
    expect(errors({ I: instance, T: { ...template, Metadata: exempt() } })).toEqual(['exempt error imdsv1-allowed T']);
  });
});

describe('an exemption of what launches from a template that is at fault', () => {
  const from = (metadata?: object): object => ({
    Type: 'AWS::EC2::Instance',
    Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'T' }, Version: { 'Fn::GetAtt': ['T', 'LatestVersionNumber'] } } },
    ...metadata && { Metadata: metadata },
  });
  const template = (metadata?: object): object => ({ Type: 'AWS::EC2::LaunchTemplate', Properties: {}, ...metadata && { Metadata: metadata } });
  const tokens = (report: Report): string[] => listed(report).filter(each => !each.includes('hop-limit'));

  test('is not called unused, and the template still needs one', () => {
    const report = reportOn({ App: { Resources: { I: from(exempt()), T: template() } } });
    expect(tokens(report)).toEqual(['new error imdsv2-not-required T']);
    expect(report.exemptions).toMatchObject([{ state: 'active' }]);
  });

  test('is enough together with one of the template', () => {
    const report = reportOn({ App: { Resources: { I: from(exempt()), T: template(exempt()) } } });
    expect(tokens(report)).toEqual(['exempt error imdsv2-not-required T']);
    expect(report.exitCode).toBe(0);
  });

  test('is unused where nothing is at fault, or about another rule', () => {
    const fine = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } } } };
    expect(listed(reportOn({ App: { Resources: { I: from(exempt()), T: fine } } })).join()).toContain('exemption-unused I');
    expect(listed(reportOn({ App: { Resources: { I: from(exempt({ allow: ['hop-limit-too-high'] })), T: template() } } })).join()).toContain('exemption-unused I');
  });
});

describe('an exemption inside a loop', () => {
  const loop = (metadata: object | undefined): Report => reportOn({
    App: { Transform: 'AWS::LanguageExtensions', Resources: { 'Fn::ForEach::Each': ['Name', ['A', 'B'], { 'I${Name}': weak(metadata) }] } },
  });

  test('covers every copy', () => expect(listed(loop(exempt()))).toEqual(['exempt error imdsv1-allowed IA', 'exempt error imdsv1-allowed IB']));
  test('covers every copy of a list that is not known', () => {
    const unknown = { 'Fn::ForEach::Each': ['Name', { Ref: 'Names' }, { 'I${Name}': weak(exempt()) }] };
    expect(listed(reportOn({ App: { Transform: 'AWS::LanguageExtensions', Resources: unknown } }))).toEqual(['exempt error imdsv1-allowed I${Name}']);
  });
  test('is needed for that', () => expect(listed(loop(undefined))).toEqual(['new error imdsv1-allowed IA', 'new error imdsv1-allowed IB']));
});

describe('an exemption in a file', () => {
  const Transform = 'AWS::LanguageExtensions';
  const entry = (logicalId: string) => ({ logicalId, reason: 'r', owner: 'o', until: '2026-12-01', from: 'x.yaml' });
  const loop = (list: unknown, body: object): object => ({ 'Fn::ForEach::Each': ['Name', list, body] });
  const listedWith = (Resources: object, logicalId: string): string[] => (
    listed(reportOn({ App: { Transform, Resources } }, { fileExemptions: [entry(logicalId)] }))
  );

  test.each([
    ['a list that is known', loop(['A'], { 'I${Name}': weak() }), 'IA'],
    ['a list that is not known', loop({ Ref: 'Names' }, { 'I${Name}': weak() }), 'I${Name}'],
    ['a loop in a loop', loop({ Ref: 'Names' }, { 'Fn::ForEach::Inner': ['More', { Ref: 'Names' }, { 'I${Name}${More}': weak() }] }), 'I${Name}${More}'],
  ])('from a loop covers what it makes: %s', (_, resources, made) => {
    expect(listedWith(resources, 'Fn::ForEach::Each')).toEqual([`exempt error imdsv1-allowed ${made}`]);
    expect(listedWith(resources, made)).toEqual([`exempt error imdsv1-allowed ${made}`]);
    expect(listedWith(resources, 'Fn::ForEach::Other')[0]).toBe(`new error imdsv1-allowed ${made}`);
  });

  test('from a loop covers nothing beside it, nor what another loop may have made', () => {
    expect(listedWith({ ...loop(['A'], { 'I${Name}': weak() }), Other: weak() }, 'Fn::ForEach::Each')).toContain('new error imdsv1-allowed Other');
    const either = { ...loop(['A'], { 'I${Name}': weak() }), 'Fn::ForEach::More': ['Name', ['nn'], { 'I&{Name}': weak() }] };
    expect(listedWith(either, 'Fn::ForEach::Each')).toEqual(expect.arrayContaining(['new error imdsv1-allowed IA', 'new error imdsv1-allowed Inn']));
  });
});

describe('exemption-expired', () => {
  test('fails from the day after the end, with the findings that were covered', () => {
    const report = on(exempt({ until: '2026-05-31' }));
    expect(listed(report)).toEqual(['new error imdsv1-allowed I', 'new error exemption-expired I']);
    expect(report.findings[1]).toMatchObject({ path: 'Metadata.cdk-imds-guard:exemption', values: ['2026-05-31'], reason: expect.stringContaining('1 day ago'), type: 'AWS::EC2::Instance' });
    expect(report.exemptions).toMatchObject([{ state: 'expired', daysLeft: -1 }]);
    expect(report.exitCode).toBe(1);
  });

  test('fails also where IMDSv2 is required by now', () => {
    expect(listed(reportOn({ App: { Resources: { I: strong(exempt({ until: '2026-05-31' })) } } }))).toEqual(['new error exemption-expired I']);
  });

  test('does not on the last day', () => expect(listed(on(exempt({ until: DATE })))).not.toContain('new error exemption-expired I'));
});

describe('exemption-expiring', () => {
  test.each([['2026-06-15', 14], [DATE, 0]])('warns when it ends on %s', (until, daysLeft) => {
    const report = on(exempt({ until }));
    expect(listed(report)).toEqual(['exempt error imdsv1-allowed I', 'new warning exemption-expiring I']);
    expect(report.exemptions).toMatchObject([{ state: 'expiring', daysLeft }]);
    expect(report.exitCode).toBe(0);
  });

  test('is silent 15 days before', () => expect(listed(on(exempt({ until: '2026-06-16' })))).toEqual(['exempt error imdsv1-allowed I']));
});

describe('exemption-invalid', () => {
  test.each([{ until: '2026-09-31' }, { until: 'never' }, { owner: '' }, { reason: { Ref: 'P' } }, { allow: ['imdsv1-alowed'] }, { until: undefined }])('fails for %j', each => {
    const report = on(exempt(each));
    expect(listed(report)).toEqual(['new error imdsv1-allowed I', 'new error exemption-invalid I']);
    expect(report.exemptions).toMatchObject([{ state: 'invalid' }]);
  });

  test('fails for what is no exemption at all', () => {
    expect(listed(on({ 'cdk-imds-guard:exemption': true }))).toEqual(['new error imdsv1-allowed I', 'new error exemption-invalid I']);
  });

  test('does not for a valid one', () => expect(listed(on(exempt()))).not.toContain('new error exemption-invalid I'));
});

describe('exemption-not-allowed', () => {
  test.each([[{ forbidExemptions: true }], [{ maxExemptionDays: 120 }]])('fails with %j', policy => {
    const report = on(exempt(), { policy });
    expect(listed(report)).toEqual(['new error imdsv1-allowed I', 'new error exemption-not-allowed I']);
    expect(report.exemptions).toMatchObject([{ state: 'not allowed', daysLeft: 121 }]);
  });

  test('fails where the template says so', () => {
    expect(listed(on(exempt({ notAllowed: 'exemptions are forbidden here' })))).toContain('new error exemption-not-allowed I');
  });

  test.each([[{}], [{ maxExemptionDays: 121 }], [{ forbidAcknowledgements: true }]])('does not with %j', policy => {
    expect(listed(on(exempt(), { policy }))).toEqual(['exempt error imdsv1-allowed I']);
  });

  test('may differ from resource to resource', () => {
    const policyOf = (logicalId: string): object => ({ forbidExemptions: logicalId === 'J' });
    const report = reportOn({ App: { Resources: { I: weak(exempt()), J: weak(exempt()) }, policyOf } }, { policy: { forbidExemptions: true } });
    expect(listed(report)).toEqual(['exempt error imdsv1-allowed I', 'new error imdsv1-allowed J', 'new error exemption-not-allowed J']);
  });
});

describe('exemption-overlap', () => {
  test('tells the others that the template knows of', () => {
    const report = on(exempt({ overlaps: ['App'] }));
    expect(listed(report)).toEqual(['exempt error imdsv1-allowed I', 'new warning exemption-overlap I']);
    expect(report.findings[1].reason).toBe('the exemption of App/I counts, but that of App applies too');
  });

  test('tells those of a file that cover the same rules', () => {
    const report = on(exempt(), { fileExemptions: fileExemptions({ logicalId: 'I' }) });
    expect(report.findings[1]).toMatchObject({ rule: 'exemption-overlap', reason: 'the exemption of App/I counts, but that of I in exemptions.yaml applies too' });
    expect(listed(on(undefined, { fileExemptions: fileExemptions({ logicalId: 'I' }, { logicalId: 'I*' }) }))).toContain('new warning exemption-overlap I');
  });

  test('is silent where they cover different rules', () => {
    const entries = fileExemptions({ logicalId: 'I', allow: ['imdsv1-allowed'] }, { logicalId: 'I', allow: ['hop-limit-too-high'] });
    expect(listed(on(undefined, { fileExemptions: entries }))).not.toContain('new warning exemption-overlap I');
  });
});

describe('exemption-unused', () => {
  test('warns where nothing is wrong', () => {
    const report = reportOn({ App: { Resources: { I: strong(exempt()) } } });
    expect(listed(report)).toEqual(['new warning exemption-unused I']);
    expect(report.exemptions).toMatchObject([{ state: 'unused', daysLeft: 121 }]);
    expect(report.exitCode).toBe(0);
  });

  test('does not where one resource of the exempted construct needs it', () => {
    const report = reportOn({ App: { Resources: { I: strong(exempt()), J: weak(exempt()) } } });
    expect(listed(report)).toEqual(['exempt error imdsv1-allowed J']);
    expect(report.exemptions.map(({ logicalId, state }) => `${logicalId} ${state}`)).toEqual(['I active', 'J active']);
  });

  test('does not where it covers what cannot be decided, be that listed or not', () => {
    const resources = { I: { ...UNDECIDED, Metadata: exempt() } };
    expect(reportOn({ App: { Resources: resources } }, { cannotTell: 'ignore' }).exemptions).toMatchObject([{ state: 'active' }]);
    expect(reportOn({ App: { Resources: resources } }, { cannotTell: 'fail' }).exitCode).toBe(0);
  });

  test('warns about an entry of a file that meets nothing in the templates that it is about', () => {
    const report = on(undefined, { fileExemptions: fileExemptions({ logicalId: 'Gone' }) });
    expect(listed(report)).toEqual(['new error imdsv1-allowed I', 'new warning exemption-unused Gone']);
    expect(report.findings[1]).toMatchObject({ file: 'exemptions.yaml', stack: 'exemptions.yaml' });
    expect(report.exemptions).toMatchObject([{ file: 'exemptions.yaml', source: 'file', state: 'unused' }]);
  });

  test('names what was found about the resource in the stead of what it covers', () => {
    const silent = { Type: 'AWS::EC2::Instance', Properties: {}, Metadata: exempt({ allow: ['imdsv1-allowed'] }) };
    const told = reportOn({ App: { Resources: { I: silent } } }).findings.find(({ rule }) => rule === 'exemption-unused');
    expect(told?.reason).toBe('the exemption covers imdsv1-allowed, but imdsv2-not-required was found');
    const covered = { ...silent, Metadata: exempt({ allow: ['imdsv2-not-required'] }) };
    expect(listed(reportOn({ App: { Resources: { I: covered } } })).join()).not.toContain('exemption-unused');
  });

  test('warns once about the entries of a file for templates that were not examined, which may be mistyped', () => {
    const entries = fileExemptions({ logicalId: 'Gone', stack: 'Apq' }, { logicalId: 'I', file: 'vendor/*.yaml' }, { logicalId: 'I', stack: 'A*' });
    const report = on(undefined, { fileExemptions: entries });
    expect(listed(report)).toEqual(['exempt error imdsv1-allowed I', 'new warning exemption-unused']);
    expect(report.findings[1]).toMatchObject({
      file: 'exemptions.yaml',
      reason: 'no template was examined that these are about: \'Gone\' in stack \'Apq\' (did you mean "App"?); \'I\' in file \'vendor/*.yaml\'',
    });
    expect(report.exemptions).toMatchObject([{ logicalId: 'I', state: 'active' }]);
    expect(report.exitCode).toBe(0);
  });
});

describe('an exemption of a file', () => {
  test('covers the resources whose logical id matches', () => {
    const report = reportOn({ App: { Resources: { Bastion1: weak(), Bastion2: weak(), Web: weak() } } }, { fileExemptions: fileExemptions({ logicalId: 'Bastion*' }) });
    expect(listed(report)).toEqual(['exempt error imdsv1-allowed Bastion1', 'exempt error imdsv1-allowed Bastion2', 'new error imdsv1-allowed Web']);
    expect(report.exemptions).toMatchObject([{ logicalId: 'Bastion1', source: 'file', owner: 'o' }, { logicalId: 'Bastion2' }]);
  });

  test('covers nothing of another stack or file', () => {
    const other = { fileExemptions: fileExemptions({ logicalId: 'I', stack: 'Other' }, { logicalId: 'I', file: 'other/*' }) };
    expect(listed(on(undefined, other))).toEqual(['new error imdsv1-allowed I', 'new warning exemption-unused']);
  });

  test('ends and can be forbidden like any other', () => {
    const entries = { fileExemptions: fileExemptions({ logicalId: 'I', until: '2026-05-31' }) };
    expect(listed(on(undefined, entries))).toContain('new error exemption-expired I');
    expect(listed(on(undefined, { ...entries, policy: { forbidExemptions: true } }))).toContain('new error exemption-not-allowed I');
  });

  test('in force covers what one that has ended no longer does, and the check fails', () => {
    const report = on(exempt({ until: '2026-05-31' }), { fileExemptions: fileExemptions({ logicalId: 'I' }) });
    expect(listed(report)).toEqual(['exempt error imdsv1-allowed I', 'new error exemption-expired I', 'new warning exemption-overlap I']);
    expect(report.exitCode).toBe(1);
  });
});

describe('an acknowledgement', () => {
  const beside = (each: object = {}): object[] => [{ id: RULE, reason: 'r', scope: 'App', ...each }];
  const known = (acknowledgements: object[], Resources: object = { I: weak() }, input = {}): Report => (
    reportOn({ App: { Resources, acknowledgements: acknowledgements as any } }, input)
  );

  test.each([
    ['in the template', () => on(acknowledged({}))],
    ['in the template, as CDK keeps them', () => on({ 'aws:cdk:acknowledged-rules': { [RULE]: 'r' } })],
    ['beside the template, on the stack', () => known(beside())],
    ['beside the template, on the resource', () => known(beside({ scope: 'App/I' }), { I: weak({ 'aws:cdk:path': 'App/I/Resource' }) })],
    ['of the pack', () => known(beside({ id: 'ImdsChecks::imdsv1-allowed' }))],
  ])('%s covers its rule, without an end', (_, report) => {
    expect(listed(report())).toEqual(['exempt error imdsv1-allowed I']);
    expect(report().exemptions).toEqual([expect.objectContaining({ logicalId: 'I', source: 'acknowledgement', reason: 'r', rules: ['imdsv1-allowed'], state: 'active', until: undefined })]);
  });

  test('that is known from the template and from beside it is listed once', () => {
    expect(known(beside(), { I: weak(acknowledged({ scope: 'App' })) }).exemptions).toHaveLength(1);
  });

  test('covers no other rule, and nothing beside its scope', () => {
    expect(listed(on(acknowledged({ id: 'cdk-imds-guard::hop-limit-too-high' })))).toEqual(['new error imdsv1-allowed I', 'new warning exemption-unused I']);
    const report = known(beside({ scope: 'App/I' }), { I: weak({ 'aws:cdk:path': 'App/I' }), J: weak({ 'aws:cdk:path': 'App/I2' }) });
    expect(listed(report)).toEqual(['exempt error imdsv1-allowed I', 'new error imdsv1-allowed J']);
  });

  test('covers what was found about the template as a whole where it is on its stack', () => {
    const findings = [{ rule: 'undecided-transform', verdict: 'cannot tell', logicalId: 'Transform', type: 'M', path: 'Transform', values: [], reason: 'r', fix: 'f', page: 'p' }] as const;
    const [template] = judged({ App: { Resources: {}, acknowledgements: beside({ id: 'cdk-imds-guard::undecided-transform' }) as any } });
    const report = reportOn({}, { templates: [{ ...template, judgement: { findings, resources: [] } }] });
    expect(listed(report)).toEqual(['exempt warning undecided-transform Transform']);
  });

  test('that nothing needs is told once, not in every nested stack', () => {
    const acknowledgements = beside() as any;
    const report = reportOn({ 'App': { Resources: {}, acknowledgements }, 'App/Nested': { Resources: { I: strong() }, acknowledgements } });
    expect(listed(report)).toEqual(['new warning exemption-unused']);
    expect(report.exemptions).toMatchObject([{ logicalId: '', constructPath: 'App', state: 'unused' }]);
    expect(listed(reportOn({ 'App': { Resources: {}, acknowledgements }, 'App/Nested': { Resources: { I: weak() }, acknowledgements } }))).toEqual(['exempt error imdsv1-allowed I']);
  });

  test('that many resources need is told once, and listed for each', () => {
    const report = known(beside({ reason: '' }), { I: weak(), J: weak() });
    expect(listed(report)).toEqual(['new error imdsv1-allowed I', 'new error imdsv1-allowed J', 'new error acknowledgement-without-reason I']);
    expect(report.exemptions).toMatchObject([{ logicalId: 'I', state: 'invalid' }, { logicalId: 'J', state: 'invalid' }]);
  });

  test.each([
    ['acknowledgement-without-reason', { reason: ' ' }, {}, 'invalid'],
    ['acknowledgement-unknown-rule', { id: 'cdk-imds-guard::imdsv1-alowed' }, {}, 'invalid'],
    ['acknowledgement-unknown-rule', { id: 'annotation::cdk-imds-guard:imdsv1-allowed' }, {}, 'invalid'],
    ['acknowledgement-not-allowed', {}, { forbidAcknowledgements: true }, 'not allowed'],
    ['acknowledgement-not-allowed', { notAllowed: 'acknowledgements are forbidden here' }, {}, 'not allowed'],
  ])('%s: %j fails and covers nothing', (rule, each, policy, state) => {
    for (const report of [on(acknowledged(each), { policy }), known(beside(each), undefined, { policy })]) {
      expect(listed(report)).toEqual(['new error imdsv1-allowed I', expect.stringMatching(`^new error ${rule}`)]);
      expect(report.exemptions).toMatchObject([{ state }]);
    }
  });

  test('that the app did not allow fails, although CDK keeps the same beside the template', () => {
    const refused = acknowledged({ notAllowed: 'acknowledgements are forbidden here' });
    expect(listed(known(beside(), { I: weak(refused) }))).toEqual(['new error imdsv1-allowed I', 'new error acknowledgement-not-allowed I']);
    expect(known(beside(), { I: weak(refused) }).exemptions).toEqual([expect.objectContaining({ state: 'not allowed' })]);
    expect(known(beside(), { I: weak(acknowledged({})) })).toMatchObject({ exitCode: 0 });
  });

  test('with a reason, a rule and leave passes', () => expect(on(acknowledged({}), { policy: { forbidExemptions: true } }).exitCode).toBe(0));

  test('of somebody else\'s rule is nobody\'s business here', () => {
    expect(on(acknowledged({ id: 'AwsSolutions::EC29' }, { id: 'annotation::cdk-imds-guard:hop-limit-too-low' })).exemptions).toEqual([]);
  });
});

describe('laws', () => {
  const day = fc.date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }).map(each => each.toISOString().slice(0, 10));
  const metadata = fc.oneof(
    fc.constant(undefined),
    fc.record({ until: fc.oneof(day, fc.constant('2026-02-30')), allow: fc.option(fc.subarray([...EXEMPTABLE], { minLength: 1 }), { nil: undefined }) }).map(exempt),
    fc.record({ id: fc.constantFrom(...RULE_IDS).map(id => `cdk-imds-guard::${id}`), reason: fc.constantFrom('', 'r') }).map(acknowledged),
  );
  const resources = fc.dictionary(fc.constantFrom('I', 'J', 'K', '__proto__', 'constructor'), fc.tuple(fc.boolean(), metadata).map(([isWeak, each]) => (isWeak ? weak : strong)(each)));

  test('what is exempt carries something that covers it, or a file has it', () => {
    fc.assert(fc.property(resources, fc.constantFrom('I', 'J', 'K'), fc.boolean(), (some, logicalId, hasFile) => {
      const report = reportOn({ App: { Resources: some } }, hasFile ? { fileExemptions: fileExemptions({ logicalId }) } : {});
      const carrying = new Set(Object.entries(some).filter(([, each]) => (each as { Metadata?: object }).Metadata).map(([id]) => id));

      for (const each of report.findings.filter(({ status }) => status === 'exempt')) {
        expect(carrying.has(each.logicalId) || (hasFile && each.logicalId === logicalId)).toBe(true);
        expect(report.exemptions.some(one => one.logicalId === each.logicalId && ['active', 'expiring'].includes(one.state) && (one.rules?.includes(each.rule) ?? true))).toBe(true);
      }
    }));
  });

  test('an exemption of one resource changes nothing about another', () => {
    fc.assert(fc.property(resources, metadata, (some, each) => {
      const others = (Resources: object): string[] => listed(reportOn({ App: { Resources } })).filter(line => !line.endsWith(' Own'));
      // other exemptions may be those of one construct, which are used together
      const withoutUnused = (lines: string[]): string[] => lines.filter(line => !line.includes('unused'));

      expect(withoutUnused(others({ ...some, Own: weak(each) }))).toEqual(withoutUnused(others({ ...some, Own: weak() })));
    }));
  });

  test('what has ended always fails', () => {
    fc.assert(fc.property(resources, fc.boolean(), day.filter(each => each < DATE), (some, isWeak, until) => {
      const report = reportOn({ App: { Resources: { ...some, Old: (isWeak ? weak : strong)(exempt({ until })) } } });

      expect(report.exitCode).toBe(1);
      expect(listed(report)).toContain('new error exemption-expired Old');
    }));
  });

  test('every finding is counted once', () => {
    fc.assert(fc.property(resources, some => {
      const { counts, findings } = reportOn({ App: { Resources: some } });

      expect(counts.newErrors + counts.newWarnings + counts.newNotes + counts.exempt + counts.baseline).toBe(findings.length);
    }));
  });
});
