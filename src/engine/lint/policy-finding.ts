import { Finding } from '../findings/finding';

/** What is wrong with a policy, and where below its document. */
export interface PolicyFinding extends Pick<Finding, 'rule' | 'verdict' | 'values' | 'reason' | 'fix' | 'page'> {
  readonly path: readonly string[];
}
