import { readFileSync } from 'fs';
import { Path } from '../engine/evaluator/expressions-at';
import { InputTemplate } from '../input/input-template';
import { positionsIn } from '../input/positions';
import { TemplateFormat } from '../input/read-template';
import { decode, Position } from '../input/text';

/** Where a path of a template is in its file, or the deepest part of it that is there. */
export type Locator = (path: Path) => Position | undefined;

/** Finds positions in a text of JSON or YAML. Made once for many paths, since the text is read again for it. */
export function locatorOf(bytes: Buffer, format: TemplateFormat): Locator {
  return positionsIn(decode(bytes), format);
}

/** Finds positions in the file of a template; all at the same place where the template is a text inside it. */
export function locatorOfTemplate({ path, bytes, format, within }: InputTemplate): Locator {
  const text = bytes ?? readAgain(path!);
  if (!text) { return () => undefined; }
  const locator = locatorOf(text, format);
  return within ? inside => locator([...within, ...inside]) : locator;
}

/** A file may be gone since it was read: the finding stays, without its line. */
function readAgain(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Where one path is. */
export function locate(text: string, format: TemplateFormat, path: Path): Position | undefined {
  return positionsIn(text, format)(path);
}
