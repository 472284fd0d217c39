import { FleetBuilder } from './build-fleet';
import { SUMMARY_FORMATS, SUMMARY_FORMAT_NAMES } from './formats';
import { readReport } from './read-report';
import { today } from '../../engine/exemptions/calendar';
import { readFile, REPORT } from '../../input/read-file';
import { version } from '../../input/version';
import { texts } from '../../settings/readers';
import { clockNote } from '../clock-note';
import { hasColour } from '../colour';
import { inputFilesOf } from '../input-files';
import { writeReport } from '../job-summary';
import { Progress } from '../progress';
import { keepApart } from '../protect-inputs';
import { REPORTS } from '../search';
import { outputsIn, shownToo } from '../setting-readers';
import { shownPath } from '../shown-path';
import { Terminal } from '../terminal';

export interface RawSummaryOptions {
  readonly format?: readonly string[];
  readonly color: boolean;
}

/** Makes one table of many reports and returns the exit code. */
export function summarize(paths: readonly string[], { format = ['text'], color }: RawSummaryOptions, terminal: Terminal): 0 | 1 | 2 {
  const { env, stderr } = terminal;
  const formats = outputsIn(SUMMARY_FORMAT_NAMES, [...format], '--format');
  const { builder, read, passedOver } = readAll(texts([...paths], 'FILE'), terminal);
  keepApart({ formats }, { cwd: terminal.cwd, config: [], isInput: path => read.has(path) });
  const fleet = builder.build({ version: version(), date: today(env, Date.now()), passedOver });
  for (const { format: name, file } of shownToo(formats)) {
    writeReport(file, terminal, () => SUMMARY_FORMATS[name].render(fleet, { colour: file === undefined && hasColour({ color }, terminal) }));
  }
  const note = clockNote(env);
  if (note !== undefined) { stderr(`imds-guard: ${note}\n`); }
  return fleet.exitCode;
}

interface ReadFiles {
  readonly builder: FleetBuilder;

  /** Files that are reports, or were named as such, without links. */
  readonly read: ReadonlySet<string>;
  readonly passedOver: number;
}

/** One by one, so that a fleet needs no more memory than its largest report. */
function readAll(paths: readonly string[], terminal: Terminal): ReadFiles {
  const { cwd } = terminal;
  const builder = new FleetBuilder();
  const progress = new Progress(terminal, 'reports');
  const [known, read] = [new Set<string>(), new Set<string>()];
  let passedOver = 0;
  for (const { argument, files, others, problems, isNamed } of paths.map(path => inputFilesOf(path, cwd, REPORTS))) {
    problems.forEach(({ file, message }) => isNamed ? builder.refuse(file, message) : builder.miss(file, message));
    let found = problems.length;
    for (const { path, identity } of files) {
      if (known.has(identity)) { found++; continue; }
      known.add(identity);
      if (addTo(builder, path, { cwd, isNamed })) { found++; read.add(identity); } else { passedOver++; }
      progress.tell(read.size);
    }
    const fresh = others.filter(({ identity }) => !known.has(identity));
    fresh.forEach(({ identity }) => known.add(identity));
    passedOver += fresh.length;
    if (found === 0) { builder.miss(argument, 'no report of `imds-guard check --format json` in it; name reports, or a folder of them'); }
  }
  progress.end();
  return { builder, read, passedOver };
}

/** Whether the file counts: what is no report is passed over where nobody named it. */
function addTo(builder: FleetBuilder, path: string, { cwd, isNamed }: { readonly cwd: string; readonly isNamed: boolean }): boolean {
  const file = shownPath(path, cwd);
  const content = readFile(path, file, undefined, REPORT);
  if (!('bytes' in content)) {
    builder.refuse(file, content.problem.message);
    return true;
  }
  const outcome = readReport(content.bytes);
  const isOther = 'other' in outcome || ('fault' in outcome && outcome.isAnything && !REPORTS.mayBe(path)); // a glob meets anything
  if (isOther && !isNamed) { return false; }
  if ('report' in outcome) { builder.add(file, outcome.report); } else { builder.refuse(file, 'fault' in outcome ? outcome.fault : outcome.other); }
  return true;
}
