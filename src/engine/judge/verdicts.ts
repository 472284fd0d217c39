import { NOTHING, Option, Outcome, settingPath } from './judge-context';
import { Finding, Verdict } from '../findings/finding';
import { LaunchSurface } from '../surfaces/surface';
import { LaunchReferrer } from '../templates/launch-references';

const SEVERITY: { readonly [verdict in Verdict]: number } = { 'not governed': 0, 'compliant': 0, 'cannot tell': 1, 'violation': 2 };

/** A resource is as good as its own findings and what it follows; the finding stays where the mending is. */
export class Verdicts {
  private readonly known = new Map<Option | undefined, Map<string, Verdict>>([[undefined, new Map()], ['tokens', new Map()], ['hopLimit', new Map()]]);

  public constructor(private readonly outcomes: ReadonlyMap<string, Outcome>) {}

  public of({ address, surface }: Pick<LaunchReferrer, 'address' | 'surface'>, option?: Option): Verdict {
    const known = this.known.get(option)!;
    const before = known.get(address);
    if (before) { return before; }
    const { findings, follows, isNotGoverned } = this.outcomes.get(address) ?? NOTHING;
    let worst: Verdict = isNotGoverned || surface.noControl ? 'not governed' : 'compliant';
    known.set(address, worst); // ends a circle, though no row of the table makes one
    for (const each of findings) {
      if (each.verdict !== 'advice' && concerns(each, surface, option)) { worst = worseOf(worst, each.verdict); }
    }
    for (const { launcher, option: followed = option } of follows) {
      if (!option || followed === option) { worst = worseOf(worst, this.of(launcher, followed)); }
    }
    known.set(address, worst);
    return worst;
  }
}

function worseOf(one: Verdict, other: Verdict): Verdict {
  return SEVERITY[other] > SEVERITY[one] ? other : one;
}

/** A finding about the whole of the settings is about each of the options. */
function concerns({ path }: Finding, surface: LaunchSurface, option: Option | undefined): boolean {
  if (option === undefined) { return true; }
  const others = { tokens: surface.hopLimit, hopLimit: surface.tokens?.key };
  return ![others[option], surface.endpoint].some(key => key !== undefined && path === `Properties.${settingPath(surface, key)}`);
}
