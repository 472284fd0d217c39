import { counted } from '../../formats/wording';
import { Fleet, VERDICTS } from '../fleet';

/** What the exit code means, in words. */
export function outcomeOf({ exitCode, totals, problems }: Fleet): string {
  const { reports, byVerdict } = totals;
  const failed = byVerdict.failed > 0 ? [`${byVerdict.failed} failed`] : [];
  if (exitCode === 2) {
    const missing = problems.length - byVerdict['not readable'];
    return `incomplete: ${[
      ...byVerdict['not readable'] > 0 ? [`${counted(byVerdict['not readable'], 'report')} could not be read`] : [],
      ...byVerdict.incomplete > 0 ? [`${counted(byVerdict.incomplete, 'check')} could not read everything`] : [],
      ...missing > 0 ? [`${counted(missing, 'input')} without a report`] : [],
      ...failed,
    ].join(', ')}`;
  }
  if (exitCode === 1) { return `failed: ${byVerdict.failed} of ${counted(reports, 'report')}`; }
  return byVerdict.undecided > 0 ? `passed, ${counted(byVerdict.undecided, 'report')} undecided` : 'passed';
}

/** How many there are of what. */
export function totalsOf({ totals }: Fleet): string {
  const { reports, byVerdict, resources, compliant, violation, cannotTell, notGoverned, exempt, baseline } = totals;
  const verdicts = VERDICTS.filter(each => byVerdict[each] > 0).map(each => `${byVerdict[each]} ${each}`);
  const launching = resources === 1 ? '1 resource that launches instances' : `${resources} resources that launch instances`;
  return [
    `${counted(reports, 'report')}${verdicts.length === 0 ? '' : `: ${verdicts.join(', ')}`}`,
    `${launching}: ${compliant} compliant, ${violation} with violations, ${cannotTell} cannot tell, ${notGoverned} not governed`,
    ...exempt > 0 ? [`${counted(exempt, 'finding')} exempt`] : [],
    ...baseline > 0 ? [`${counted(baseline, 'finding')} in the baseline`] : [],
  ].join(' · ');
}

export function passedOverOf({ passedOver }: Fleet): string | undefined {
  return passedOver === 0 ? undefined : `passed over: ${counted(passedOver, 'file')} that ${passedOver === 1 ? 'is no report' : 'are no reports'}`;
}

/** All is well, something fails, or something is left open. */
export function markOf({ exitCode, totals }: Fleet): 'compliant' | 'violation' | 'undecided' {
  return exitCode > 0 ? 'violation' : totals.byVerdict.undecided > 0 || totals.resources === 0 ? 'undecided' : 'compliant';
}
