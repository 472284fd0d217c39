import { Report } from '../../engine/findings/report';
import { visibleJson } from '../../engine/text/visible';

/** The order in which a reader wants the parts, by the key that holds them; others come after these, by name. */
const ORDERS: { readonly [holder: string]: readonly string[] } = {
  report: [
    'schemaVersion', 'tool', 'name', 'date', 'exitCode', 'cannotTell', 'settings', 'counts', 'enforcing', 'problems', 'notes', 'parameters', 'passedOver',
    'findings', 'exemptions', 'templates',
  ],
  tool: ['name', 'version'],
  counts: [
    'templates', 'resources', 'compliant', 'violation', 'cannotTell', 'notGoverned', 'newErrors', 'newWarnings', 'newNotes', 'exempt', 'baseline',
    'withoutHopLimit',
  ],
  enforcing: ['call', 'findings'],
  settings: ['files', 'loosened'],
  files: ['file', 'by'],
  loosened: ['option', 'value', 'by', 'file'],
  problems: ['file', 'line', 'column', 'message'],
  parameters: ['name', 'value', 'from'],
  passedOver: ['count', 'endings', 'excluded'],
  notes: ['file', 'line', 'column', 'message'],
  findings: [
    'rule', 'level', 'status', 'verdict', 'file', 'line', 'column', 'source', 'stack', 'constructPath', 'logicalId', 'type', 'path', 'values', 'reason', 'fix',
    'page', 'fingerprint',
  ],
  source: ['file', 'line', 'column', 'inRepository'],
  exemptions: ['state', 'source', 'file', 'stack', 'constructPath', 'logicalId', 'reason', 'owner', 'until', 'daysLeft', 'rules'],
  templates: ['file', 'stack', 'resources'],
  resources: ['logicalId', 'type', 'verdict', 'constructPath'],
};

/** The report itself. The keys always come in the same order, so that two reports can be compared as text. */
export function json(report: Report): string {
  return visibleJson(ordered(report, 'report'));
}

function ordered(value: unknown, holder: string): unknown {
  if (Array.isArray(value)) { return value.map(each => ordered(each, holder)); }
  // what a template says stays as it is
  if (typeof value !== 'object' || value === null || holder === 'values') { return value; }
  const order = ORDERS[holder] ?? [];
  const place = (key: string): number => order.includes(key) ? order.indexOf(key) : order.length;
  const entries = Object.entries(value).sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, ordered(each, key)]));
}
