/** In milliseconds. Tests wait less. */
export interface Timing {
  readonly firstWait: number;
  readonly longestWait: number;

  /** For one request, so that one that hangs is not the last. */
  readonly attempt: number;

  /** How long a refusal for lack of a right is repeated: the role is new, and IAM takes a while to let everybody know. */
  readonly permission: number;

  /** How long EC2 may take to show a change that it took. */
  readonly settle: number;

  /** Left for the answer to CloudFormation. */
  readonly reserve: number;
}

/** The function has eight minutes. */
export const TIMING: Timing = { firstWait: 200, longestWait: 10_000, attempt: 10_000, permission: 60_000, settle: 90_000, reserve: 180_000 };

/** Waits that grow, none of them past `end`. */
export class Backoff {
  private next: number;

  public constructor(private readonly timing: Timing, private readonly end: number) { this.next = timing.firstWait; }

  /** False, at once, where there is no time left. */
  public async wait(end = this.end): Promise<boolean> {
    const pause = this.next * (0.5 + Math.random() / 2);
    if (Date.now() + pause > end) { return false; }
    this.next = Math.min(this.next * 2, this.timing.longestWait);
    await new Promise(resolve => setTimeout(resolve, pause));
    return true;
  }
}
