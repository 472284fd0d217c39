import { isDisabledBelow } from './followed-settings';
import { JudgeContext, finding, NOTHING, Outcome, outcomeOf, settingPath, shown } from './judge-context';
import { needsEndpoint } from './needs';
import { ReadSettings, settingIn } from './own-settings';
import { PossibleValue } from '../evaluator/possible-value';

const VALUES = ['enabled', 'disabled'];

/** Whether the endpoint has a valid value, and is not switched off under something that needs it. */
export function judgeEndpoint(one: JudgeContext, { container, context }: ReadSettings): Outcome {
  const { surface } = one.launcher;
  return outcomeOf(...settingIn(container, surface.endpoint, context).map(each => judgeValue(one, each)));
}

function judgeValue(one: JudgeContext, each: PossibleValue): Outcome {
  const { surface, resource } = one.launcher;
  if (each.kind === 'value' && !VALUES.includes(each.value as string)) {
    const path = settingPath(surface, surface.endpoint);
    const verdict = each.allowedBy === undefined ? undefined : 'cannot tell';
    const expected = VALUES.map(shown).join(' or ');
    const reason = `${expected} was expected, got ${shown(each.value)}`;
    return finding(one, { rule: 'invalid-value', verdict, path, values: [each.value], reason, remedy: { surface, option: 'endpoint', to: expected } });
  }
  const isOwn = each.kind === 'value' && each.value === 'disabled';
  if (!isOwn && (each.kind !== 'absent' || surface.onlyWhereWritten || !surface.follows)) { return NOTHING; }
  const need = needsEndpoint(surface, resource);
  if (need === undefined || !(isOwn || isDisabledBelow(one, each.context))) { return NOTHING; }
  const path = settingPath(surface, surface.endpoint);
  return finding(one, {
    rule: 'endpoint-needed',
    path,
    values: isOwn ? ['disabled'] : [],
    reason: `the endpoint is disabled${isOwn ? '' : ' by what it is launched from'}, but ${need} needs it`,
    remedy: { surface, option: 'endpoint', to: '"enabled"', more: ` and require tokens, or do without ${need}` },
  });
}
