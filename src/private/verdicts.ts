import { NOTHING, Option, Outcome, settingPath } from './case';
import { Launcher } from './connections';
import { Finding, Verdict } from './finding';
import { LaunchSurface } from './surface';

/** A resource is as good as its own findings and what it follows; the finding stays where the mending is. */
export class Verdicts {
  private readonly known = new Map<Option | undefined, Map<string, Verdict>>([[undefined, new Map()], ['tokens', new Map()], ['hopLimit', new Map()]]);

  public constructor(private readonly outcomes: ReadonlyMap<string, Outcome>) {}

  public of({ address, surface }: Pick<Launcher, 'address' | 'surface'>, option?: Option): Verdict {
    const known = this.known.get(option)!;
    const before = known.get(address);
    if (before) { return before; }
    known.set(address, 'compliant'); // ends a circle, though no row of the table makes one
    const { findings, follows } = this.outcomes.get(address) ?? NOTHING;
    const all = [
      ...findings.filter(each => concerns(each, surface, option)).map(each => each.verdict),
      ...follows.filter(each => !option || !each.option || each.option === option).map(each => this.of(each.launcher, each.option ?? option)),
    ];
    const worst = (['violation', 'cannot tell'] as const).find(each => all.includes(each)) ?? (surface.noControl ? 'not governed' : 'compliant');
    known.set(address, worst);
    return worst;
  }
}

/** A finding about the whole of the settings is about each of the options. */
function concerns({ path }: Finding, surface: LaunchSurface, option: Option | undefined): boolean {
  if (option === undefined) { return true; }
  const others = { tokens: surface.hopLimit, hopLimit: surface.tokens?.key };
  return ![others[option], surface.endpoint].some(key => key !== undefined && path === `Properties.${settingPath(surface, key)}`);
}
