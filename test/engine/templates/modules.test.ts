import { JsonObject } from '../../../src/engine/json/json';
import { judge } from '../../../src/engine/judge/judge';
import { isOfModules } from '../../../src/engine/templates/modules';
import { relevantPart } from '../../../src/engine/templates/relevant-part';
import { templateFault } from '../../../src/engine/templates/template-fault';
import { linesOf, REQUIRED, verdictsIn, withOptions } from '../../support/verdicts';

const STRONG = withOptions(REQUIRED);

describe('resources that are modules', () => {
  test.each([
    [{ Type: 'LocalModule', Source: './web.yaml', Properties: { Name: 'x' } }, 'the module of ./web.yaml is written out before the stack is deployed'],
    [{ Type: 'LocalModule' }, 'the module is written out before the stack is deployed'],
    [{ Type: '$abc/hosts.yaml' }, 'the module is written out before the stack is deployed'],
    [{ Type: 'Example::Web::Hosts::MODULE' }, 'a module makes resources when the stack is deployed'],
  ])('%j is undecided', (resource, reason) => {
    const template = { Resources: { M: resource, I: STRONG } };
    const judgement = judge(relevantPart(template).template);

    expect(verdictsIn(judgement)).toEqual({ I: 'compliant', M: 'cannot tell' });
    const findings = judgement.findings.filter(({ verdict }) => verdict === 'cannot tell');
    expect(findings).toMatchObject([{ rule: 'undecided-transform', logicalId: 'M', type: resource.Type, path: 'Type' }]);
    expect(findings[0].reason).toContain(reason);
  });

  test.each(['AWS::S3::Bucket', 'Custom::LocalModule', 'Example::LocalModule::Thing'])('%s is none', type => {
    expect(linesOf(judge(relevantPart({ Resources: { M: { Type: type } } }).template))).toEqual([]);
  });
});

describe('sections that bring modules', () => {
  const judged = (template: JsonObject): ReturnType<typeof judge> => judge(relevantPart(template).template);

  test('each module is undecided, and what is in the file is judged', () => {
    const judgement = judged({
      Modules: { Web: { Source: './web.yaml', Overrides: {} }, Odd: {} },
      Resources: { I: withOptions({ HttpTokens: 'optional' }) },
    });

    expect(linesOf(judgement)).toEqual([
      'I imdsv1-allowed MetadataOptions.HttpTokens', 'Modules undecided-transform Modules.Web', 'Modules undecided-transform Modules.Odd',
    ]);
    expect(judgement.findings[1]).toMatchObject({
      type: './web.yaml',
      reason: 'the module \'Web\' (./web.yaml) may bring resources that launch instances: they are not in this file',
      fix: expect.stringContaining('aws cloudformation package'),
    });
    expect(judgement.findings[2].reason).toMatch(/^the module 'Odd' may/);
  });

  test('Rain\'s own is for rain pkg', () => {
    const judgement = judged({ Rain: { Packages: { abc: { Location: 'x.zip' } } }, Resources: { I: STRONG } });

    expect(verdictsIn(judgement)).toEqual({ I: 'compliant', Rain: 'cannot tell' });
    expect(judgement.findings.at(-1)).toMatchObject({ path: 'Rain', reason: expect.stringContaining('rain pkg') });
  });

  test.each<[string, JsonObject]>([
    ['an empty section', { Modules: {} }], ['a list', { Modules: [] }], ['a section of the metadata', { Metadata: { Modules: { Web: { Source: 'x' } } } }],
  ])('%s brings nothing', (_, more) => expect(linesOf(judged({ ...more, Resources: { I: STRONG } }))).toEqual([]));

  test('a template may have nothing else', () => {
    expect(templateFault({ Modules: { Web: { Source: './web.yaml' } } })).toBeUndefined();
    expect(linesOf(judged({ Modules: { Web: { Source: './web.yaml' } } }))).toEqual(['Modules undecided-transform Modules.Web']);
  });

  test.each<[unknown]>([[{ Modules: [{ Name: 'Game' }] }], [{ Modules: { Web: {} } }], [{ Modules: { Web: { Source: 5 } } }], [{ Modules: {} }], [{}], [[]]])('%j is no template', value => {
    expect(isOfModules(value)).toBe(false);
    expect(templateFault(value)).toBeDefined();
  });
});
