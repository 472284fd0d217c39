import { clockNote } from './clock-note';
import { hasColour } from './colour';
import { FORMAT_NAMES, FORMATS } from './formats';
import { inputFilesOf } from './input-files';
import { STDIN } from './inputs';
import { keepApart } from './protect-inputs';
import { cannotTell, outputsIn, shownToo } from './setting-readers';
import { shownPath } from './shown-path';
import { Terminal } from './terminal';
import { writeFile } from './write-file';
import { contextOf } from '../engine/evaluator/context';
import { today } from '../engine/exemptions/calendar';
import { JudgedTemplate } from '../engine/exemptions/report-input';
import { Finding } from '../engine/findings/finding';
import { Problem } from '../engine/findings/report';
import { isObject } from '../engine/json/json';
import { lintDocument } from '../engine/lint/lint-document';
import { PARTITIONS } from '../engine/policies/policy-settings';
import { buildReport } from '../engine/report/build-report';
import { mayBeAboutImds } from '../engine/templates/policy-holders';
import { visible } from '../engine/text/visible';
import { Positions } from '../input/positions';
import { readFile } from '../input/read-file';
import { isPolicy, ReadPolicy, readPolicy } from '../input/read-policy';
import { version } from '../input/version';
import { Mistake } from '../settings/mistake';
import { texts } from '../settings/readers';

export interface RawLintOptions {
  readonly format?: readonly string[];
  readonly cannotTell?: string;
  readonly partition?: string;
  readonly color: boolean;
}

const ON_STDIN = '<stdin>';

/** Holds policies against the mistakes that are known, and returns the exit code. */
export async function lintPolicies(paths: readonly string[], raw: RawLintOptions, terminal: Terminal): Promise<0 | 1 | 2> {
  const { cwd, env, stdout, stderr } = terminal;
  const formats = outputsIn(FORMAT_NAMES, [...raw.format ?? ['text']], '--format');
  const { partition } = raw;
  if (partition !== undefined && !PARTITIONS.includes(partition)) {
    throw new Mistake(`--partition must be one of ${PARTITIONS.join(', ')}, got ${JSON.stringify(partition)}`);
  }
  const problems: Problem[] = [];
  const policies = new Map<string, ReadPolicy>();
  const read = await readAll(texts(paths.length > 0 ? [...paths] : [STDIN], 'FILE'), terminal);
  for (const { file, content } of read) {
    if (isPolicy(content)) { policies.set(file, content); } else { problems.push(content); }
  }
  keepApart({ formats }, { cwd, config: [], isInput: path => read.some(({ file }) => file === shownPath(path, cwd)) });
  const date = today(env, Date.now());
  const report = {
    ...buildReport({
      version: version(),
      date,
      templates: [...policies].map(([file, policy]) => judged(file, policy, { partition, date })),
      problems,
      cannotTell: cannotTell(raw.cannotTell ?? 'warn', '--cannot-tell'),
      locate: (file, path) => positionIn(policies.get(file)!.positions, path),
    }),
    about: 'policies' as const,
  };
  for (const { format, file } of shownToo(formats)) {
    const text = FORMATS[format].render(report, { quiet: false, colour: file === undefined && hasColour(raw, terminal) });
    if (file === undefined) { stdout(text); } else { writeFile(cwd, file, text); }
  }
  const others = [...policies].filter(([, { document }]) => !mayBeAboutImds(document)).map(([file]) => file);
  if (others.length > 0) { stderr(`imds-guard: ${visible(`not about IMDS, so not judged: ${namesOf(others)}`)}\n`); }
  const note = clockNote(env);
  if (note !== undefined) { stderr(`imds-guard: ${note}\n`); }
  return report.exitCode;
}

const MOST_NAMED = 8;

function namesOf(files: readonly string[]): string {
  return [...files.slice(0, MOST_NAMED), ...files.length > MOST_NAMED ? [`and ${files.length - MOST_NAMED} more`] : []].join(', ');
}

interface ReadFile {
  readonly file: string;
  readonly content: ReadPolicy | Problem;
}

async function readAll(paths: readonly string[], { cwd, stdin }: Terminal): Promise<ReadFile[]> {
  const found: ReadFile[] = [];
  for (const path of paths) {
    if (path === STDIN) {
      found.push({ file: ON_STDIN, content: readPolicy(await stdin(), ON_STDIN) });
      continue;
    }
    const { files, problems } = inputFilesOf(path, cwd);
    found.push(...problems.map(problem => ({ file: problem.file, content: problem })), ...files.map(each => readOne(each.path, cwd)));
    if (files.length + problems.length === 0) { found.push({ file: path, content: { file: path, message: 'no file there; name a policy, or - for standard input' } }); }
  }
  return found;
}

function readOne(path: string, cwd: string): ReadFile {
  const file = shownPath(path, cwd);
  const read = readFile(path, file);
  return { file, content: 'bytes' in read ? readPolicy(read.bytes, file) : read.problem };
}

function judged(file: string, policy: ReadPolicy, known: { readonly partition?: string; readonly date: string }): JudgedTemplate {
  const { document, path, type } = policy;
  const findings = lintDocument(document, contextOf(), { ...known, type }).map((each): Finding => (
    { ...each, path: [...path, ...each.path].join('.'), logicalId: nameIn(document, each.path), type: '' }
  ));
  return { file, stack: file, address: file, source: { id: file, template: {} }, judgement: { findings, resources: [] } };
}

/** The statement by its name, or by its number, from 1. */
function nameIn({ Statement: list }: ReadPolicy['document'], [element, index]: readonly string[]): string {
  if (element !== 'Statement') { return ''; }
  const statement = Array.isArray(list) ? (list as unknown[])[Number(index)] : list;
  if (isObject(statement) && typeof statement.Sid === 'string') { return statement.Sid; }
  return Array.isArray(list) ? `Statement ${Number(index) + 1}` : 'Statement';
}

/** A number may be that of an element. */
function positionIn(positions: Positions, path: readonly string[]): ReturnType<Positions> {
  return positions(path.map(each => (/^\d+$/.test(each) ? Number(each) : each)));
}
