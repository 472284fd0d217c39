import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Verdict } from '../../../src/engine/findings/finding';
import { judge } from '../../../src/engine/judge/judge';
import { LAUNCH_SURFACES, surfaceOf } from '../../../src/engine/surfaces/surfaces';
import { parseTemplate } from '../../support/cfn-yaml';
import { hardenedTemplate } from '../../support/hardened-template';
import { verdictsIn } from '../../support/verdicts';

const FOLDER = join(__dirname, '../../fixtures');

interface Template {
  readonly Description?: string;
  readonly Resources: { readonly [logicalId: string]: { readonly Type: string; readonly Metadata: { readonly Verdict: Verdict } } };
}

const templates = readdirSync(FOLDER).filter(file => /\.(yaml|json)$/.test(file)).map(file => [file, parseTemplate(readFileSync(join(FOLDER, file), 'utf8')) as Template] as const);
const cases = templates.flatMap(([file, template]) => Object.entries(template.Resources)
  .map(([logicalId, { Type: type, Metadata: metadata }]) => ({ file, template, logicalId, type, expected: metadata.Verdict })));

test.each(templates)('%s says where it comes from', (_, template) => {
  expect(template.Description).toMatch(/^Written for cdk-imds-guard/);
});

test.each(cases)('$logicalId in $file is judged: $expected', ({ template, logicalId, expected }) => {
  expect(verdictsIn(judge(template))[logicalId]).toBe(expected);
});

test.each(templates)('every finding in %s says where, why and what to do', (_, template) => {
  for (const { path, reason, fix, page } of judge(template).findings) {
    expect(path).toMatch(/^Properties(\.\w|$)/);
    expect([reason, fix, page]).not.toContain('');
  }
});

test.each(templates)('nothing in %s that has settings of its own allows IMDSv1 once it is hardened', (_, template) => {
  const { findings } = judge(hardenedTemplate(template));
  expect(findings.filter(({ rule, type }) => surfaceOf(type)?.container && (rule === 'imdsv1-allowed' || rule === 'imdsv2-not-required'))).toEqual([]);
});

test.each(LAUNCH_SURFACES.map(row => [row.type, row] as const))('%s has a fixture that passes and one that fails, or one that is not governed', (type, row) => {
  const verdicts = cases.filter(each => each.type === type).map(({ expected }) => expected);
  if (row.noControl) {
    expect(verdicts).toEqual(['not governed']);
  } else if (row.follows?.length === 0) {
    expect(verdicts).toEqual(['cannot tell']);
  } else if (row.starts?.every(({ parameters }) => !parameters)) {
    expect(verdicts).toEqual(['cannot tell', 'violation']); // whoever starts it is asked
  } else {
    expect(verdicts).toContain('compliant');
    expect(verdicts.some(verdict => verdict === 'violation' || verdict === 'cannot tell')).toBe(true);
  }
});
