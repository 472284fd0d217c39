import { visible } from '../engine/text/visible';

/** A mistake of the user, told in one line; where there are several, in one each. Everything else that is thrown is a mistake of ours and shows its trace. */
export class Mistake extends Error {
  /** What is quoted in them may come from anybody, so it is shown escaped. */
  public readonly lines: readonly string[];

  public constructor(...lines: string[]) {
    super(lines.join('\n'));
    this.lines = lines.map(visible);
  }
}
