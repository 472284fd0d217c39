/** A line of somebody's code, as a runtime wrote it into a stack trace. */
export interface SourceFrame {
  /** With `/`, absolute. */
  readonly file: string;

  /** From 1. */
  readonly line: number;

  /** From 1; absent where the runtime does not tell, or CDK cut it. */
  readonly column?: number;
}

/** A trace is a list of these: `new WebStack (/app/lib/web-stack.ts:16:5)`, or the place alone, as CDK 1 has modules. */
const FRAME = /^(?:at )?(?:(?<name>.*?) \((?<inside>.*)\)|(?<alone>.*))$/;
const PLACE = /^(?<file>.*?)(?::(?<line>\d+))(?::(?<column>\d+))?:?$/;
const ABSOLUTE = /^(?:\/|[A-Za-z]:\/)/;

/**
 * What others wrote: packages, and the runtimes of the languages and of jsii, whose kernel is `program.js` in a temporary folder where an
 * older CDK does not leave it out.
 */
const NOT_OWN = [
  /\/node_modules\//,
  /\/\.yarn\/|\/\.pnp\./,
  /\/(?:site|dist)-packages\//,
  /\/lib\/python\d[\d.]*\//,
  /\/go\/pkg\/mod\/|\/vendor\/github\.com\//,
  /\/jsii-kernel|\/(?:tmp|jsii)[^/]*\/(?:lib|bin)\/(?:program|jsii-runtime)\.js$/,
];

/** The innermost frame in code of the app's own. */
export function ownFrameIn(trace: readonly string[]): SourceFrame | undefined {
  for (const each of trace) {
    const frame = frameOf(each.trim());
    if (frame && !NOT_OWN.some(pattern => pattern.test(frame.file))) { return frame; }
  }
  return undefined;
}

/** No system has longer paths, and the patterns look at each character many times. */
const LONGEST = 8192;

/** What SARIF takes for a line or a column. */
const HIGHEST = 2 ** 31 - 1;

/**
 * CDK cuts the end of a frame without a name, as modules of ECMAScript have them: `file:///app.mjs:5:1` becomes `file:///app.mjs:5 (:)`, and
 * `file:///app.mjs:6:26` becomes `file:///app.mjs:6: (file:///app.mjs:6:2)`. The line is whole in what stands first.
 */
function frameOf(text: string): SourceFrame | undefined {
  const { name = '', inside, alone = '' } = text.length > LONGEST ? {} : FRAME.exec(text)?.groups ?? {};
  const cut = placeOf(name);
  if (cut) { return { file: cut.file, line: cut.line }; }
  return placeOf(inside ?? alone);
}

function placeOf(text: string): SourceFrame | undefined {
  const { file, line, column } = PLACE.exec(text)?.groups ?? {};
  const path = file === undefined ? '' : pathOf(file);
  if (!ABSOLUTE.test(path) || !isPosition(line)) { return undefined; }
  return { file: path, line: Number(line), ...isPosition(column) && { column: Number(column) } };
}

function isPosition(digits = '0'): boolean {
  return Number(digits) >= 1 && Number(digits) <= HIGHEST;
}

/** Of a file, or of its address. */
export function pathOf(file: string): string {
  if (!file.startsWith('file://')) { return file.replaceAll('\\', '/'); }
  return decoded(file.slice('file://'.length)).replace(/^\/(?=[A-Za-z]:\/)/, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
