import { Terminal } from './terminal';
import { isEpoch } from '../engine/exemptions/calendar';

/** That the day was meant to be another one than it is taken for. */
export function clockNote({ SOURCE_DATE_EPOCH: given = '' }: Terminal['env']): string | undefined {
  return given.trim() === '' || isEpoch(given.trim())
    ? undefined
    : 'SOURCE_DATE_EPOCH is no number of seconds since 1970, so the end dates of exemptions are held against today';
}
