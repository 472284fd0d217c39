import { ReportedFinding } from '../../../src/engine/findings/report';
import { baselineFrom, baselineOf } from '../../../src/engine/report/baseline';

const finding = (each: Partial<ReportedFinding>): ReportedFinding => ({
  rule: 'imdsv1-allowed',
  verdict: 'violation',
  logicalId: 'I',
  type: 'AWS::EC2::Instance',
  path: 'Properties',
  values: ['optional'],
  reason: 'r',
  fix: 'f',
  page: 'p',
  fingerprint: 'f0',
  file: 'cdk.out/App.template.json',
  stack: 'App',
  level: 'error',
  status: 'new',
  line: 7,
  ...each,
});

test('a baseline is sorted, ends with a line break and says what can be understood', () => {
  const findings = [
    finding({ stack: 'Web', fingerprint: 'f1' }),
    finding({ logicalId: 'J', fingerprint: 'f2', status: 'baseline' }),
    finding({ fingerprint: 'f4', rule: 'imdsv1-call', level: 'warning' }),
    finding({ fingerprint: 'f3' }),
    finding({ file: 'a/host.yaml', stack: 'host', fingerprint: 'f6' }),
    finding({ file: 'a/host.json', stack: 'host', fingerprint: 'f5' }),
  ];
  expect(baselineOf({ findings })).toMatchInlineSnapshot(`
"{
  "version": 1,
  "tool": "cdk-imds-guard",
  "findings": [
    {
      "fingerprint": "f3",
      "rule": "imdsv1-allowed",
      "stack": "App",
      "file": "cdk.out/App.template.json",
      "logicalId": "I",
      "path": "Properties"
    },
    {
      "fingerprint": "f4",
      "rule": "imdsv1-call",
      "stack": "App",
      "file": "cdk.out/App.template.json",
      "logicalId": "I",
      "path": "Properties"
    },
    {
      "fingerprint": "f2",
      "rule": "imdsv1-allowed",
      "stack": "App",
      "file": "cdk.out/App.template.json",
      "logicalId": "J",
      "path": "Properties"
    },
    {
      "fingerprint": "f1",
      "rule": "imdsv1-allowed",
      "stack": "Web",
      "file": "cdk.out/App.template.json",
      "logicalId": "I",
      "path": "Properties"
    },
    {
      "fingerprint": "f5",
      "rule": "imdsv1-allowed",
      "stack": "host",
      "file": "a/host.json",
      "logicalId": "I",
      "path": "Properties"
    },
    {
      "fingerprint": "f6",
      "rule": "imdsv1-allowed",
      "stack": "host",
      "file": "a/host.yaml",
      "logicalId": "I",
      "path": "Properties"
    }
  ]
}
"
`);
  expect(baselineOf({ findings: [...findings].reverse() })).toBe(baselineOf({ findings }));
  expect(baselineFrom(JSON.parse(baselineOf({ findings })))).toMatchObject({ fingerprints: new Set(['f1', 'f2', 'f3', 'f4', 'f5', 'f6']) });
});

test('what is exempt, what is about exemptions and an error of the check never go into it', () => {
  const findings = [finding({ status: 'exempt' }), ...(['exemption-expired', 'exemption-unused', 'acknowledgement-unknown-rule', 'internal-error'] as const).map(rule => finding({ rule }))];
  expect(JSON.parse(baselineOf({ findings }))).toEqual({ version: 1, tool: 'cdk-imds-guard', findings: [] });
});

test.each<[string, unknown]>([
  ['this is no baseline of cdk-imds-guard', null],
  ['this is no baseline of cdk-imds-guard', []],
  ['this is no baseline of cdk-imds-guard', { version: 1, tool: 'other', findings: [] }],
  ['this is no baseline of cdk-imds-guard', { version: 1, tool: 'cdk-imds-guard', findings: {} }],
  ['version 1 was expected, got 2', { version: 2, tool: 'cdk-imds-guard', findings: [] }],
  ['findings[1] has no \'fingerprint\'', { version: 1, tool: 'cdk-imds-guard', findings: [{ fingerprint: 'f' }, {}] }],
  ['findings[0] has no \'fingerprint\'', { version: 1, tool: 'cdk-imds-guard', findings: ['f'] }],
])('%s: %j', (problem, parsed) => expect(baselineFrom(parsed)).toEqual({ problem: expect.stringContaining(problem) }));
