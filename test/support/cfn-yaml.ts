import { parseYaml } from '../../src/input/parse-yaml';
import { isFault } from '../../src/input/parsed';

/** Parses a template in YAML or JSON, which YAML contains, whatever its shape. */
export function parseTemplate(text: string): unknown {
  const parsed = parseYaml(text.replace(/^\uFEFF/, ''));
  if (isFault(parsed)) { throw new Error(`${parsed.message} (line ${parsed.line})`); }
  return parsed.value;
}
