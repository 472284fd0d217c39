import { Position } from './text';
import { MAX_DEPTH } from '../engine/json/shallow';
import { quoted } from '../engine/text/quoted';

/** What a text holds, or why it cannot be read. */
export type Parsed = ParsedValue | Fault;

export interface ParsedValue {
  readonly value: unknown;

  /** Whether something of other stacks is in it, by `Fn::ImportValue` or `Fn::GetStackOutput`. */
  readonly imports: boolean;

  /** What of it could not be read. */
  readonly flaw?: Fault;
}

export interface Fault extends Partial<Position> {
  readonly message: string;

  /** A key stands twice in a map, and nothing else was found. */
  readonly isDuplicate?: boolean;
}

export function isFault(parsed: object): parsed is Fault {
  return 'message' in parsed;
}

export const TOO_DEEP: Fault = { message: `nested deeper than ${MAX_DEPTH} levels, which no template is; name another file` };

/** CloudFormation keeps the last and says nothing. A template with one can be read in spite of it. */
export function duplicateKey(key: string, position: Position): Fault {
  return { message: `the key ${quoted(key)} is there twice in one map, and only the last would count; remove or rename one`, isDuplicate: true, ...position };
}

export function malformed(format: 'JSON' | 'YAML', what: string, position?: Position): Fault {
  return { message: `malformed ${format}, ${what}; correct it${position ? ' here' : ''}`, ...position };
}
