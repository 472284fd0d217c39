import { JudgeContext } from './judge-context';
import { connectionsOf, mayReferToNothing } from './judge-references';
import { isDisabled, OwnSettings, ownSettingsOf, settingIn } from './own-settings';
import { Context } from '../evaluator/context';
import { together } from '../evaluator/path-condition';
import { PossibleValue } from '../evaluator/possible-value';
import { JsonObject } from '../json/json';
import { LaunchReferrer } from '../templates/launch-references';

/** Whether whatever is launched from has the endpoint switched off. A resource that leaves it alone then answers neither version. */
export function isDisabledBelow(one: JudgeContext, context: Context): boolean {
  const connections = connectionsOf(one, context);
  return mayReferToNothing(one, context) === 'never'
    && connections.every(({ to }) => to && settingsOf(to, context).every(each => isOff(to, each)));
}

/**
 * Templates that a resource follows and that are fine only because they switch the endpoint off, while the resource switches it on again.
 *
 * Options win one by one: what else the template says, or lacks, then counts.
 *
 * @param container the resource's own settings
 * @param isFine whether an option of the template would be fine with the endpoint on
 */
export function switchedOn(
  one: JudgeContext, container: JsonObject, context: Context, key: string, isFine: (value: PossibleValue) => boolean,
): LaunchReferrer[] {
  const { endpoint } = one.launcher.surface;
  const on = settingIn(container, endpoint, context)
    .filter(each => each.kind !== 'absent' && !(each.kind === 'value' && each.value === 'disabled'));
  const found = on.flatMap(each => {
    const targets = new Set(connectionsOf(one, each.context).flatMap(({ to }) => to ?? []));
    return [...targets].filter(to => settingsOf(to, each.context).some(settings => (
      isOff(to, settings) && !settingIn(settings.container!, key, settings.context).every(isFine)
    )));
  });
  return [...new Set(found)];
}

function settingsOf(to: LaunchReferrer, context: Context): OwnSettings[] {
  const { allowance, when } = context; // of who asks: a template may have any number of consumers
  return ownSettingsOf(to.context ? { ...to, context: { ...to.context, allowance, when: together(when, to.context.when) } } : to);
}

function isOff({ surface }: LaunchReferrer, { container, context }: OwnSettings): boolean {
  return container !== undefined && isDisabled(container, surface, context);
}
