import { POLICY_KIND_NAMES, POLICY_KINDS } from './policy-kinds';
import { OPT_IN, STATEMENT_IDS } from '../engine/policies/policy-statement';

/** What stands below the options: the kinds, and the statements by what they are. */
export function policyHelp(): string {
  const kinds = POLICY_KIND_NAMES.map(name => `  ${name.padEnd(12)} ${POLICY_KINDS[name].about}`);
  const usual = STATEMENT_IDS.filter(id => !OPT_IN.includes(id));
  return ['', 'Kinds:', ...kinds, '', 'Statements:', `  on by default  ${usual.join(', ')}`, `  off            ${OPT_IN.join(', ')}`].join('\n');
}
