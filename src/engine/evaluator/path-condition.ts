/**
 * What is taken for granted about conditions while a branch is looked at. A list, since it is short and shared between branches.
 */
export interface PathCondition {
  /** The condition's address, or the expression that is compared. */
  readonly subject: string;

  /** What the expression is compared with. */
  readonly literal?: string;
  readonly holds: boolean;
  readonly before?: PathCondition;
}

/** Whether something is known to hold, or not to. */
export function assumed(condition: PathCondition | undefined, subject: string, literal?: string): boolean | undefined {
  for (let each = condition; each; each = each.before) {
    if (each.subject !== subject) { continue; }
    if (each.literal === literal) { return each.holds; }
    if (each.holds) { return false; } // it is something else
  }
  return undefined;
}

/** What an expression is known to be equal to. */
export function assumedValue(condition: PathCondition | undefined, subject: string): string | undefined {
  for (let each = condition; each; each = each.before) {
    if (each.subject === subject && each.holds) { return each.literal; }
  }
  return undefined;
}

/** Whether nothing that is taken for granted in one place is known to be otherwise in another. */
export function canMeet(some: PathCondition | undefined, others: PathCondition | undefined): boolean {
  for (let each = some; each; each = each.before) {
    if (assumed(others, each.subject, each.literal) === !each.holds) { return false; }
  }
  return true;
}

/** What is taken for granted where two things come together. */
export function together(some: PathCondition | undefined, others: PathCondition | undefined): PathCondition | undefined {
  let all = others;
  for (let each = some; each && others; each = each.before) { all = { ...each, before: all }; }
  return all ?? some;
}
