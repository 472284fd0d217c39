import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { libraryStep, lineStep, settingsStep } from './app-steps';
import { ciSteps } from './ci-steps';
import { pipelineSteps } from './pipeline-steps';
import { ByHand, Change, Note, Step } from './plan';
import { CI_PAGE, Survey, survey } from './survey';
import { writeAll } from './write-all';
import { visible } from '../../engine/text/visible';
import { Terminal } from '../terminal';

/** Sets an app up: shows what would change, asks, and writes all of it or nothing. 0 when all is in place, 1 when something is left to do. */
export async function init({ yes = false }: { readonly yes?: boolean }, terminal: Terminal): Promise<0 | 1> {
  const steps = stepsOf(survey(terminal.cwd));
  const changes = merged(steps.filter((each): each is Change => each.kind === 'change'));
  const left = steps.filter((each): each is ByHand => each.kind === 'by hand');
  terminal.stdout([
    ...steps.filter((each): each is Note => each.kind === 'note').map(({ what }) => `${shown(what)}\n`),
    ...changes.map(patch),
    ...left.map(({ what, lines }) => `by hand: ${shown(what)}\n\n${lines.map(line => `    ${shown(line)}\n`).join('')}\n`),
  ].join(''));
  if (changes.length > 0) {
    if (!yes && !await isWanted(terminal)) { return 1; }
    writeAll(terminal.cwd, changes);
  }
  const written = changes.length === 0 ? 'nothing to write' : `written: ${changes.map(({ file }) => shown(file)).join(', ')}`;
  terminal.stderr(`imds-guard: ${written}${left.length === 0 ? '' : `; left to do by hand, see above: ${left.length}`}\n`);
  return left.length === 0 ? 0 : 1;
}

function stepsOf(app: Survey): Step[] {
  const line = lineStep(app);
  const changed = new Map(line.kind === 'change' ? [[line.file, line.after]] : []);
  const ci = [...ciSteps(app), ...pipelineSteps(app, changed)];
  const none: Note = { kind: 'note', what: `no CI was found here; for the check there, see ${CI_PAGE}` };
  return [libraryStep(app), line, settingsStep(app), ...ci.length > 0 ? ci : [none]];
}

/** One change for each file, where two steps meet in one. */
function merged(changes: readonly Change[]): Change[] {
  const byFile = new Map<string, Change>();
  for (const change of changes) {
    const first = byFile.get(change.file);
    byFile.set(change.file, first ? { ...first, after: change.after } : change);
  }
  return [...byFile.values()];
}

async function isWanted({ ask, stderr }: Terminal): Promise<boolean> {
  if (!ask) {
    stderr('imds-guard: nothing was written, since there is no terminal to ask on; give --yes to write this\n');
    return false;
  }
  const isYes = /^y(?:es)?$/i.test((await ask('Write this? [y/N] ')).trim());
  if (!isYes) { stderr('imds-guard: nothing was written\n'); }
  return isYes;
}

function patch({ file, before, after }: Change): string {
  const text = createTwoFilesPatch(before === undefined ? '/dev/null' : file, file, before ?? '', after, undefined, undefined, { headerOptions: FILE_HEADERS_ONLY });
  return `${text.split('\n').map(shown).join('\n')}\n`;
}

/** Tabs are indentation; the end of a line of Windows is part of the line. */
function shown(line: string): string {
  return line.replace(/\r$/, '').split('\t').map(visible).join('\t');
}
