import { together } from './assumptions';
import { Case } from './case';
import { Launcher } from './connections';
import { Context } from './context';
import { connectionsOf, mayReferToNothing } from './judge-references';
import { isDisabled, isSafe, OwnSettings, ownSettingsOf, settingIn } from './own-settings';

/** Whether whatever is launched from has the endpoint switched off. A resource that leaves it alone then answers neither version. */
export function isDisabledBelow(one: Case, context: Context): boolean {
  const connections = connectionsOf(one, context);
  return connections.length > 0 && mayReferToNothing(one, context) === 'never'
    && connections.every(({ to }) => to && settingsOf(to, context).every(each => isOff(to, each)));
}

/** Templates that are safe only because they switch the endpoint off. */
export function safeByEndpointAlone(one: Case, context: Context): Launcher[] {
  const targets = connectionsOf(one, context).flatMap(({ to }) => to ?? []);
  return targets.filter(to => settingsOf(to, context).some(each => isOff(to, each) && !hasTokens(to, each)));
}

function settingsOf(to: Launcher, context: Context): OwnSettings[] {
  return ownSettingsOf(to.context ? { ...to, context: { ...to.context, when: together(context.when, to.context.when) } } : to);
}

function isOff({ surface }: Launcher, { container, context }: OwnSettings): boolean {
  return container !== undefined && isDisabled(container, surface, context);
}

function hasTokens({ surface }: Launcher, { container, context }: OwnSettings): boolean {
  return settingIn(container!, surface.tokens?.key, context).every(each => each.kind === 'value' && isSafe(each.value, surface));
}
