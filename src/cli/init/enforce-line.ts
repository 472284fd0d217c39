import { codeOnly, withoutComments } from './code-only';
import { Language } from './languages';

/** A source with the guard in it, or why nobody can tell for sure where its line belongs. */
export type Enforced = { readonly text: string } | { readonly unsure: string };

/** Whether a source makes an app of CDK, as opposed to some other class of that name. */
export function makesApp(source: string, language: Language): boolean {
  const text = withoutComments(unixLines(source), language.syntax);
  const made = (codeOnly(unixLines(source), language.syntax) ?? text).match(language.making);
  return made !== null && /aws-cdk-lib|\baws_cdk\b|\bsoftware\.amazon\.awscdk\b|\baws-cdk-go\b|\bAmazon\.CDK\b/.test(text);
}

/** Whether a source calls the guard: `ImdsGuard.enforce`, `ImdsGuard_Enforce`, `ImdsGuard.Enforce`. */
export function calls(source: string, language: Language, method: 'enforce' | 'observe'): boolean {
  return new RegExp(`\\bImdsGuard[._]${method}\\(`, 'i').test(withoutComments(source, language.syntax));
}

/** Puts the line right after the statement that makes the app, and the import after that of the app's class. */
export function enforced(source: string, language: Language): Enforced {
  const lines = unixLines(source);
  if (lines !== source && lines.replaceAll('\n', '\r\n') !== source) { return { unsure: 'its lines end in different ways' }; }
  const done = inserted(lines, language);
  return 'text' in done && lines !== source ? { text: done.text.replaceAll('\n', '\r\n') } : done;
}

function inserted(text: string, language: Language): Enforced {
  const code = codeOnly(text, language.syntax);
  if (code === undefined) { return { unsure: 'it cannot be told what in it is text' }; }
  if (/\bImdsGuard(?:\b|_)/.test(code)) { return { unsure: 'it mentions ImdsGuard already' }; }
  const made = code.match(language.making) ?? [];
  if (made.length !== 1) { return { unsure: made.length === 0 ? 'it makes no app' : 'it makes several apps' }; }
  const statement = language.statement.exec(code);
  if (!statement) { return { unsure: 'the app is not made in a statement of its own' }; }
  const end = endOf(code, statement.index + statement[0].length);
  if (end === undefined) { return { unsure: 'something is done with the app in the statement that makes it' }; }
  const importing = language.importing(statement[3] ?? 'App').exec(withoutComments(text, language.syntax));
  if (!importing) { return { unsure: 'the import of the class of the app was not found' }; }
  const afterImport = importing.index + importing[0].length;
  if (afterImport > statement.index || lineEnd(code, afterImport) === undefined) { return { unsure: 'the import of the class of the app is not on lines of its own' }; }

  const [, indentation, app] = statement;
  const call = language.enforceLine(app);
  const hasSemicolon = code[end - 1] === ';';
  return {
    text: spliced(text, [
      [lineEnd(code, afterImport)!, language.importLine(importing[0])],
      [lineEnd(code, end)!, indentation + (hasSemicolon ? call : call.replace(/;$/, ''))],
    ]),
  };
}

/** Where the statement ends whose bracket opens before `start`, if nothing but blanks and comments follows on its line, nor goes on with it on the next. */
function endOf(code: string, start: number): number | undefined {
  let open = 1;
  let at = start;
  for (; open > 0 && at < code.length; at++) { open += '([{'.includes(code[at]) ? 1 : ')]}'.includes(code[at]) ? -1 : 0; }
  if (open > 0) { return undefined; }
  if (code[at] === ';') { at++; } else if (!/^\s*(?:$|[\w@}#])/.test(code.slice(at))) { return undefined; }
  return lineEnd(code, at) === undefined ? undefined : at;
}

/** The end of a line of which nothing but blanks is left. */
function lineEnd(code: string, at: number): number | undefined {
  const [blanks] = /^[ \t]*/.exec(code.slice(at))!;
  const end = at + blanks.length;
  return end === code.length || code[end] === '\n' ? end : undefined;
}

/** The text with lines put in after others. */
function spliced(text: string, added: readonly (readonly [at: number, line: string])[]): string {
  return [...added].reverse().reduce((before, [at, line]) => `${before.slice(0, at)}\n${line}${before.slice(at)}`, text);
}

function unixLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
