import { keepWhatIsNoBaseline } from './baseline-file';
import { CheckOptions, checkOptions } from './check-options';
import { clockNote } from './clock-note';
import { hasColour } from './colour';
import { examine } from './examine';
import { FORMATS } from './formats';
import { counted, settingsLines } from './formats/wording';
import { STDIN } from './inputs';
import { writeReport } from './job-summary';
import { keepApart } from './protect-inputs';
import { shownToo } from './setting-readers';
import { settled } from './settings-layers';
import { Terminal } from './terminal';
import { writeFile } from './write-file';
import { Report, ReportedSettings } from '../engine/findings/report';
import { baselineOf } from '../engine/report/baseline';
import { visible } from '../engine/text/visible';
import { ENFORCE, enforceSettings } from '../settings/enforce-settings';
import { Layer, RawOptions } from '../settings/layer';
import { readConfig } from '../settings/settings-files';

/** Checks what the command line names, writes the reports and returns the exit code. */
export async function check(given: RawOptions, terminal: Terminal): Promise<0 | 1 | 2> {
  const { cwd } = terminal;
  const { options, settings } = readOptions(given, terminal);
  settingsLines(settings).forEach(line => terminal.stderr(`imds-guard: ${line}\n`)); // also where asked for quiet: nobody should miss it
  if (isNameless(options) && !options.quiet) { terminal.stderr(`imds-guard: ${NAMELESS}\n`); }

  const { build, baseline, isInput, unusedLaunchTemplates, unknownParameters } = await examine(options, terminal, settings);
  keepApart(options, { cwd, config: settings.files.map(({ file }) => file), isInput });
  keepWhatIsNoBaseline(options, cwd);
  const report = options.updateBaseline ? updateBaseline(options, terminal, build) : build();
  const tell = (line: string): void => terminal.stderr(`imds-guard: ${line}\n`); // also where asked for quiet: nobody should miss it
  for (const { format, file } of shownToo(options.formats)) {
    const colour = file === undefined && hasColour(options, terminal);
    const width = file === undefined ? terminal.columns : undefined;
    writeReport(file, terminal, room => FORMATS[format].render(report, { quiet: options.quiet, colour, width, tell, room }));
  }
  for (const id of unusedLaunchTemplates) { terminal.stderr(`imds-guard: the allowed launch template ${visible(id)} was not met; take it out of the list\n`); }
  for (const name of unknownParameters) { terminal.stderr(`imds-guard: no template has the parameter ${visible(name)}; check its name\n`); }
  const note = options.quiet ? undefined : clockNote(terminal.env);
  if (note !== undefined) { terminal.stderr(`imds-guard: ${note}\n`); }
  const gone = baseline?.gone(report) ?? 0;
  if (gone > 0 && !options.quiet) { terminal.stderr(`imds-guard: ${options.baseline} holds ${goneText(gone)}\n`); }
  return report.exitCode;
}

interface HeldOptions {
  readonly options: CheckOptions;
  readonly settings: ReportedSettings;
}

/**
 * What holds of the command line and the settings files.
 *
 * @throws Mistake for what cannot hold
 */
export function readOptions({ config, ...given }: RawOptions, terminal: Terminal): HeldOptions {
  const layers = readConfig(terminal, config);
  const enforce = enforceSettings(layers); // first, so that a mistake in it is told by its own name
  const { values, loosened } = settled([...layers.map(withMaximum), { by: 'command line', raw: given }], terminal.cwd);
  const files = layers.map(({ file, by }) => ({ file: file!, by }));
  return { options: checkOptions({ values }, enforce), settings: { files, loosened } };
}

/** The organization's maximum for what is written is that of the check, so that no repository gives the check a higher one. */
function withMaximum(layer: Layer): Layer {
  const { maxHttpPutResponseHopLimit: maxHopLimit } = (layer.raw[ENFORCE] ?? {}) as RawOptions;
  return layer.by === 'organization' && maxHopLimit !== undefined ? { ...layer, raw: { maxHopLimit, ...layer.raw } } : layer;
}

function goneText(count: number): string {
  const [are, them, they] = count === 1 ? ['is', 'it', 'it fails when it returns'] : ['are', 'them', 'they fail when they return'];
  return `${counted(count, 'finding')} that ${are} gone; --update-baseline takes ${them} out, so that ${they}`;
}

const NAMELESS = 'in a baseline all templates from standard input are the same one; tell them apart with --stdin-name NAME';

/** Whether what is known of one template on standard input would count for any other. */
function isNameless({ paths, baseline, stdinName }: CheckOptions): boolean {
  return baseline !== undefined && stdinName === undefined && paths.includes(STDIN);
}

/** Nothing is written where something could not be read: a list with gaps would let known findings fail again. */
function updateBaseline(options: CheckOptions, { cwd, stderr }: Terminal, build: (known?: ReadonlySet<string>) => Report): Report {
  const file = options.baseline!;
  const found = build(new Set());
  if (found.exitCode === 2) {
    stderr(`imds-guard: ${file} is left as it is, since not everything could be read\n`);
    return found;
  }
  writeFile(cwd, file, baselineOf(found));
  const report = build(new Set(found.findings.map(({ fingerprint }) => fingerprint)));
  const { baseline: known } = report.counts;
  if (!options.quiet) { stderr(`imds-guard: ${file} holds ${known === 0 ? 'no findings' : counted(known, 'finding')} now\n`); }
  return report;
}
