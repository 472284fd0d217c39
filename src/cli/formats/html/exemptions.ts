import { resourceName } from './findings';
import { compare } from './groups';
import { code, Markup, markup } from './markup';
import { level } from './shapes';
import { table } from './table';
import { Problem, ReportedExemption } from '../../../engine/findings/report';
import { daysLeftOf, locationOf } from '../wording';

/** In the order in which they want attention. */
const STATES = {
  'expired': { label: 'Expired', shape: 'violation' },
  'invalid': { label: 'Invalid', shape: 'violation' },
  'not allowed': { label: 'Not allowed', shape: 'violation' },
  'expiring': { label: 'Expiring', shape: 'undecided' },
  'unused': { label: 'Unused', shape: 'note' },
  'active': { label: 'Active', shape: 'compliant' },
} as const;

const SOURCES = { exemption: 'Exemption in code', acknowledgement: 'CDK acknowledgement', file: 'Exemptions file' } as const;

const ORDER = Object.keys(STATES);

export function exemptionTable(exemptions: readonly ReportedExemption[]): Markup {
  return table({
    name: 'exemptions',
    caption: 'Exemptions and acknowledgements, those that need attention first',
    columns: ['Resource', 'State', 'Ends', 'Owner', 'Reason', 'Covers'].map(label => ({ label })),
    rows: [...exemptions].sort(byUrgency).map(each => [
      resourceOf(each),
      level(STATES[each.state].shape, STATES[each.state].label),
      endOf(each),
      each.owner ?? 'none named',
      each.reason === '' ? 'none given' : each.reason,
      markup`${each.rules ? each.rules.map((rule, i) => [i > 0 && ', ', code(rule)]) : 'all rules'}<br><small>${SOURCES[each.source]}</small>`,
    ]),
  });
}

function byUrgency(a: ReportedExemption, b: ReportedExemption): number {
  return ORDER.indexOf(a.state) - ORDER.indexOf(b.state)
    || (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity) // NaN, so equal, where neither has an end
    || compare(a.stack, b.stack) || compare(a.logicalId, b.logicalId);
}

function resourceOf({ logicalId, constructPath, stack, file }: ReportedExemption): Markup {
  return markup`${resourceName(logicalId)}<br>
<small><bdi>${stack}</bdi>${constructPath !== undefined && markup`<br>${code(constructPath)}`}${stack !== file && markup`<br>${code(file)}`}</small>`;
}

/** The days are what one looks for, the date is what was agreed on. */
function endOf({ until, daysLeft }: ReportedExemption): Markup {
  return daysLeft === undefined || until === undefined
    ? markup`${daysLeftOf({ until, daysLeft })}`
    : markup`<span class="days">${daysLeftOf({ daysLeft })}</span><br><small>${until}</small>`;
}

export function problemList(problems: readonly Problem[]): Markup {
  return markup`<ul class="problems">
${problems.map(each => markup`<li>${code(locationOf(each))} ${each.message}</li>
`)}</ul>
`;
}
