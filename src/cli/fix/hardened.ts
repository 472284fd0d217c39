import { contextOf } from '../../engine/evaluator/context';
import { possibleValuesAt } from '../../engine/evaluator/possible-values';
import { hardenPlaces } from '../../engine/harden/harden';
import { Edit } from '../../engine/harden/harden-settings';
import { isObject, JsonObject } from '../../engine/json/json';
import { JudgedReferrer } from '../../engine/judge/judge-context';
import { needOf } from '../../engine/judge/judge-hop-limit';
import { Settings } from '../../engine/surfaces/settings';
import { LaunchSurface } from '../../engine/surfaces/surface';
import { LaunchReferences, LaunchReferrer } from '../../engine/templates/launch-references';

/** What is written in a resource; of what is exempt nothing is. */
export interface Writing {
  readonly settings: Settings;
  readonly withTokens: boolean;
}

/** A resource as it stands in its template, with IMDSv2 required in it. */
export function hardened(resource: JsonObject, launcher: JudgedReferrer, connections: LaunchReferences, writing: Writing): JsonObject {
  const { settings, withTokens } = writing;
  const { surface, context } = launcher;
  const edit: Edit = {
    surface: withTokens ? surface : withoutTokens(surface),
    settings,
    context: () => context,
    ...writtenWithTokens(launcher, connections, settings.httpPutResponseHopLimit === undefined),
  };
  const properties = hardenPlaces(resource.Properties, edit);
  return properties === resource.Properties ? resource : { ...resource, Properties: properties };
}

function withoutTokens(surface: LaunchSurface): LaunchSurface {
  return { ...surface, tokens: undefined };
}

/** As enforcement does: the hop limit that containers are known to need, and what the launch template of an instance says beside it. */
function writtenWithTokens(launcher: JudgedReferrer, connections: LaunchReferences, isOpen: boolean): Pick<Edit, 'defaultHopLimit' | 'inherited'> {
  const { surface, address, context } = launcher;
  const isFollowing = surface.follows && surface.hopLimit && !surface.onlyWhereWritten;
  const followed = isFollowing ? connections.from(address) : [];
  if (followed.length === 0) {
    const needed = isOpen ? needOf({ launcher, connections }, context) : 1;
    return { defaultHopLimit: needed > 1 ? needed : undefined };
  }
  const options = followed.map(({ to }) => to && literalOptions(to));
  if (options.some(each => each === undefined)) { return {}; } // a template elsewhere may have a hop limit that containers rely on
  const [first, ...others] = options as JsonObject[];
  const common = Object.entries(first).filter(([key, value]) => others.every(each => each[key] === value));
  const hops = (options as JsonObject[]).map(each => Number(each[surface.hopLimit!]));
  return { defaultHopLimit: hops.every(each => !Number.isNaN(each)) ? Math.max(...hops) : undefined, inherited: Object.fromEntries(common) };
}

/** The metadata options of a launch template that are plain values. */
function literalOptions({ surface, properties, context = contextOf() }: LaunchReferrer): JsonObject {
  const [options, ...others] = possibleValuesAt(properties, surface.container!, context);
  if (others.length > 0 || options?.kind !== 'value' || !isObject(options.value)) { return {}; }
  return Object.fromEntries(Object.entries(options.value).filter(([, value]) => typeof value !== 'object'));
}
