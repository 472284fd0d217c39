import { json } from '../../../src/cli/formats/json';
import { FleetBuilder } from '../../../src/cli/summary/build-fleet';
import { Fleet } from '../../../src/cli/summary/fleet';
import { Report } from '../../../src/engine/findings/report';
import { findingOf, reportOf, sampleReport, sampleReportWithProblems } from '../formats/sample-report';

const PLACE = { file: 'cdk.out/App.template.json', stack: 'App' };

export function passing(parts: Partial<Report> = {}): Report {
  return { ...reportOf({ templates: [{ ...PLACE, resources: [{ logicalId: 'Server', type: 'AWS::EC2::Instance', verdict: 'compliant' }] }] }), ...parts };
}

export function undecided(): Report {
  return reportOf({
    templates: [{ ...PLACE, resources: [{ logicalId: 'Server', type: 'AWS::EC2::Instance', verdict: 'cannot tell' }] }],
    findings: [findingOf({ ...PLACE, rule: 'undecided-value' })],
  });
}

export function failing(count = 1): Report {
  const servers = Array.from({ length: count }, (_, i) => `Server${i}`);
  return reportOf({
    templates: [{ ...PLACE, resources: servers.map(logicalId => ({ logicalId, type: 'AWS::EC2::Instance', verdict: 'violation' })) }],
    findings: servers.map(logicalId => findingOf({ ...PLACE, rule: 'imdsv1-allowed', logicalId })),
  });
}

/** Every verdict, exemptions of several owners, settings, files that are none. */
export function sampleFleet(): Fleet {
  const builder = new FleetBuilder();
  builder.add('reports/billing.json', passing({ settings: { files: [{ file: 'org.yaml', by: 'organization' }], loosened: [] } }));
  builder.add('reports/shop.json', { ...sampleReport(), name: 'Shop', passedOver: { count: 3, endings: { '.md': 3 } } });
  builder.add('reports/batch.json', undecided());
  builder.add('reports/legacy.json', sampleReportWithProblems());
  builder.add('reports/search.json', failing(9));
  builder.refuse('reports/cut.json', 'it is cut off or damaged, so no JSON; run `imds-guard check --format json=FILE` again');
  return builder.build({ version: '1.2.3', date: '2026-03-21', passedOver: 2 });
}

export const textOf = json;
