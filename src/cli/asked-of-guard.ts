import { GuardRecord, RecordedCall } from '../engine/record/guard-record';
import { Asked } from '../engine/record/record-findings';
import { EnforceSettings } from '../settings/enforce-settings';

/**
 * What `--require-guard` asks of each stack: what the settings files do, and the lower of the two maximum hop limits.
 *
 * The check does not know which of the organization's overrides hold for a stack; the record says which one did, and it must still be there.
 */
export function askedOfGuard({ mode, options, overrides, isGiven }: EnforceSettings, maxHopLimit: number | undefined, date: string): Asked {
  const { maxHttpPutResponseHopLimit: max } = options;
  const limits = [max, maxHopLimit].filter(each => each !== undefined);
  const settings = {
    excludeResourceTypes: isGiven ? [] : undefined,
    ...options,
    maxHttpPutResponseHopLimit: limits.length > 0 ? Math.min(...limits) : undefined,
  };
  const isInForce = ({ mode: other, override }: RecordedCall): boolean => overrides.some(each => (
    each.mode === other && each.reason === override!.reason && each.owner === override!.owner && each.until === override!.until
  )) && (override!.until === undefined || override!.until >= date);
  return (path, record) => {
    const override = overrideAround(path, record);
    return { mode: override && isInForce(override) ? override.mode : mode, settings };
  };
}

function overrideAround(path: string, { calls }: GuardRecord): RecordedCall | undefined {
  return calls.filter(({ override, scope }) => override && (path === scope || path.startsWith(`${scope}/`))).at(-1);
}
