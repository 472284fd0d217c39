import { PLAN_FORMATS } from '../../../src/cli/plan/formats';
import { settingsText } from '../../../src/cli/plan/formats/plan-wording';
import { PlannedChange, PlanReport } from '../../../src/cli/plan/plan-report';

const change = (more: Partial<PlannedChange> = {}): PlannedChange => ({
  path: 'Web/Template/Resource',
  logicalId: 'Template',
  type: 'AWS::EC2::LaunchTemplate',
  action: 'write',
  changes: [{ setting: 'LaunchTemplateData.MetadataOptions.HttpTokens', before: undefined, after: 'required' }],
  reach: 'new-version',
  rolls: ['Web/Group'],
  replaces: ['Other/Host'],
  ...more,
});

const EVIL = '<script>|`*[x](y)\u001b[31m\n::error::';

const plan = (more: Partial<PlanReport> = {}): PlanReport => ({
  schemaVersion: 1,
  kind: 'plan',
  tool: { name: 'imds-guard', version: '1.2.3' },
  command: 'npx cdk synth',
  exitCode: 0,
  totals: {
    stacks: 1,
    examined: 3,
    changed: 1,
    inPlace: 0,
    newVersion: 1,
    replacement: 0,
    replacedAlong: 1,
    rolled: 1,
    uncontrolled: 1,
    notes: 1,
    afterwards: { resources: 3, compliant: 2, violation: 0, cannotTell: 1, notGoverned: 0 },
  },
  stacks: [{
    stack: 'Web',
    template: 'Web.template.json',
    mode: 'enforce',
    changes: [change()],
    uncontrolled: [{ path: 'Web/Fleet', id: 'cannot-enforce', message: `it uses ${EVIL}` }],
    notes: [{ path: 'Web/Group', id: 'group-rolled', message: 'its instances are renewed' }],
  }],
  notes: [],
  problems: [],
  ...more,
});

const shown = (name: keyof typeof PLAN_FORMATS, report = plan()): string => PLAN_FORMATS[name].render(report, { colour: false });

test.each(['text', 'markdown', 'html'] as const)('%s tells change, arrival, what is left, and totals', name => {
  const all = shown(name);
  for (const part of ['Template', 'not set', 'required', 'new template version', 'rolls Group', 'replaces Other/Host', 'Fleet', 'cannot-enforce', '1 would change']) {
    expect(all).toContain(part);
  }
  if (name !== 'text') { expect(all).not.toContain('<script>|'); }
  expect(all).not.toContain('\u001b');
  expect(all).not.toMatch(/^\s*::error/m);
});

test('JSON is the plan itself', () => {
  expect(JSON.parse(shown('json'))).toEqual(JSON.parse(JSON.stringify(plan())));
});

test.each(['text', 'markdown', 'html'] as const)('%s says why the plan may not be all', name => {
  const all = shown(name, plan({ exitCode: 2, problems: [{ file: 'the command', message: 'it ended with exit code 1' }] }));
  expect(all).toContain('it ended with exit code 1');
  expect(all.toLowerCase()).toContain('incomplete: 1 problem');
});

test('text of a plan without changes is short', () => {
  const { totals } = plan();
  const none = plan({ stacks: [], totals: { ...totals, changed: 0, newVersion: 0, replacedAlong: 0, rolled: 0, uncontrolled: 0 } });
  expect(shown('text', none).split('\n').at(-2)).toBe('nothing would change');
});

test('markdown of a plan with thousands of resources fits into a comment, and says how many are left out', () => {
  const [stack] = plan().stacks;
  const many = shown('markdown', plan({ stacks: [{ ...stack, changes: Array.from({ length: 3_000 }, (_, i) => change({ path: `Web/Template${i}` })) }] }));
  expect(many.length).toBeLessThan(65_536);
  expect(many).toMatch(/… and \d+ more/);
});

test.each([
  [[{ setting: 'LaunchTemplateData.MetadataOptions.HttpTokens', before: 'optional', after: 'required' }], 'optional', 'required'],
  [[{ setting: 'LaunchTemplateData.MetadataOptions.HttpTokens', before: { anyOf: ['required', null] }, after: 'required' }], 'required | not set', 'required'],
  [[{ setting: 'LaunchTemplateData.MetadataOptions.HttpTokens', before: { cannotTell: 'a parameter' }, after: 'required' }], 'cannot tell', 'required'],
  [[
    { setting: 'LaunchTemplateData.MetadataOptions.HttpTokens', before: undefined, after: 'required' },
    { setting: 'LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit', before: undefined, after: 2 },
    { setting: 'LaunchTemplateData.MetadataOptions.HttpEndpoint', before: undefined, after: 'disabled' },
  ], 'not set', 'required, hop 2, endpoint disabled'],
])('settings %j in words', (changes, before, after) => {
  expect([settingsText(change({ changes }), 'before'), settingsText(change({ changes }), 'after')]).toEqual([before, after]);
});

test('a setting whose value does not speak for itself has its name', () => {
  const notebook = change({
    type: 'AWS::SageMaker::NotebookInstance',
    changes: [{ setting: 'InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion', before: '1', after: '2' }],
  });
  expect(settingsText(notebook, 'after')).toBe('MinimumInstanceMetadataServiceVersion 2');
});
