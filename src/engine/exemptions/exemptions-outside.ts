import { FileExemption, isAboutTemplate } from './exemption-file';
import { exemptionFinding } from './exemption-findings';
import { Finding } from '../findings/finding';
import { shown } from '../judge/judge-context';
import { nearest } from '../text/did-you-mean';
import { message, quoted } from '../text/quoted';

interface Place {
  readonly file: string;
  readonly stack: string;
}

/**
 * Tells of entries of a file of exemptions that are about templates that were not examined: they are for another run, or mistyped.
 * One finding a file, since one file may serve many runs.
 */
export function exemptionsElsewhere(exemptions: readonly FileExemption[], examined: readonly Place[]): { finding: Finding; place: Place }[] {
  const elsewhere = exemptions.filter(each => !examined.some(template => isAboutTemplate(each, template)));
  return [...new Set(elsewhere.map(({ from }) => from))].map(from => {
    const entries = elsewhere.filter(each => each.from === from).map(each => described(each, examined));
    const finding = exemptionFinding({ resource: { logicalId: '', type: '' }, path: '', source: 'file' }, {
      rule: 'exemption-unused',
      reason: message(`no template was examined that these are about: ${entries.join('; ')}`),
      fix: 'correct the file or the stack where it is mistyped; nothing is wrong where another run examines it',
    });
    return { finding, place: { file: from, stack: from } };
  });
}

function described({ logicalId, ...patterns }: FileExemption, examined: readonly Place[]): string {
  const where = (['file', 'stack'] as const).flatMap(key => {
    const pattern = patterns[key];
    if (pattern === undefined) { return []; }
    const meant = nearest(pattern, examined.map(each => each[key]).filter(each => each !== pattern));
    return [`${key} ${quoted(pattern)}${meant === undefined ? '' : ` (did you mean ${shown(meant)}?)`}`];
  });
  return `${quoted(logicalId)} in ${where.join(', ')}`;
}
