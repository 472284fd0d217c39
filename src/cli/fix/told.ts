import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { reasonKey } from './candidates';
import { Mode } from './fix-options';
import { MendedFile } from './mend';
import { byteOrderMark } from './text-file';
import { Report, ReportedFinding } from '../../engine/findings/report';
import { RuleId } from '../../engine/findings/rules';
import { visible, withoutCommand } from '../../engine/text/visible';
import { locationOf } from '../formats/wording';

/** What is found after the edits. */
export interface Left {
  readonly finding: ReportedFinding;

  /** Why the resource was not edited, where an edit would do. */
  readonly why?: string;

  /** Whether the check fails on it. */
  readonly isFailure: boolean;
}

export function leftIn({ findings }: Report, reasons: ReadonlyMap<string, string>): Left[] {
  return findings.filter(({ verdict, status }) => verdict !== 'advice' && status !== 'exempt').map(finding => ({
    finding,
    why: reasons.get(reasonKey(finding.file, finding.logicalId)),
    isFailure: finding.status === 'new' && finding.level === 'error',
  }));
}

/** What an edit breaks that worked with version 1. */
const BREAKS: ReadonlySet<RuleId> = new Set<RuleId>(['imdsv1-call', 'token-through-proxy']);

/** Calls in files that are edited: the edit is right, and what they do is not. */
export function breakingIn({ findings }: Report, files: readonly MendedFile[]): Left[] {
  const edited = new Set(files.map(({ file }) => file));
  return findings.filter(each => BREAKS.has(each.rule) && each.status === 'new' && edited.has(each.file)).map(finding => ({ finding, isFailure: false }));
}

export function toldBreaking(calls: readonly Left[]): string {
  return section('breaks where version 2 is required, so mend it before you deploy', calls).map(line => `${withoutCommand(line)}\n`).join('');
}

export function toldFile({ file, edited }: MendedFile, mode: Mode): string {
  return `${withoutCommand(visible(file))}: ${mode === 'write' ? 'edited' : 'would edit'} ${edited.map(visible).join(', ')}\n`;
}

export function toldLeft(left: readonly Left[], isQuiet: boolean): string {
  const failures = left.filter(({ isFailure }) => isFailure);
  const others = isQuiet ? [] : left.filter(({ isFailure }) => !isFailure);
  return [...section('left to do by hand', failures), ...section('left as it is: known already, or cannot be decided', others)].map(line => `${withoutCommand(line)}\n`).join('');
}

function section(title: string, left: readonly Left[]): string[] {
  if (left.length === 0) { return []; }
  return [`${title}:`, ...left.flatMap(({ finding, why }) => {
    const { logicalId, type, path, reason, fix } = finding;
    return [
      `  ${visible(locationOf(finding))} ${visible(logicalId)} (${visible(type)})`,
      `    ${visible(path === '' ? reason : `${path}: ${reason}`)}`,
      ...why === undefined ? [] : [`    not edited: ${visible(why)}`],
      `    ${visible(fix)}`,
    ];
  })];
}

/** As `git apply` and `patch -p1` take it. Line ends are those of the file. */
export function patchOf({ file, before: bytes, texts }: MendedFile): string {
  const [before, after] = texts.map(each => byteOrderMark(bytes) === 'UTF-8' ? `\ufeff${each}` : each);
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, { headerOptions: FILE_HEADERS_ONLY });
}

/** Git takes what is in UTF-16 for no text. */
export function hasPatch({ before }: MendedFile): boolean {
  return !byteOrderMark(before)?.startsWith('UTF-16');
}

/** For a person: what a terminal would act on is spelled out. */
export function shownPatch(file: MendedFile): string {
  return patchOf(file).split('\n').map(line => line.replace(/\r$/, '').split('\t').map(visible).join('\t')).join('\n');
}
