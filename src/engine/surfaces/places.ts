import { LaunchSurface } from './surface';

const KNOWN = new WeakMap<LaunchSurface, readonly LaunchSurface[]>();

/** Every place where resources of a type have settings, each as a row of its own. */
export function placesOf(surface: LaunchSurface): readonly LaunchSurface[] {
  let places = KNOWN.get(surface);
  if (!places) {
    const { alsoIn = [], ...first } = surface;
    const { follows, onlyWhereWritten, ...shared } = first;
    places = alsoIn.length === 0 ? [surface] : [first, ...alsoIn.map(other => ({ ...shared, ...other }))];
    KNOWN.set(surface, places);
  }
  return places;
}
