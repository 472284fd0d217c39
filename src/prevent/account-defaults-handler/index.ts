import { beforeIn, changesTo, Defaults, defaultsFrom, idOf } from './defaults';
import { Ec2 } from './ec2';

/** What CloudFormation sends to a custom resource. */
export interface Event {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: { readonly RestoreOnDelete?: string; readonly Defaults?: Readonly<Record<string, string>> };
}

export interface Context {
  getRemainingTimeInMillis(): number;
}

/** What CloudFormation is told; a failure carries the id with which it is undone. */
interface Outcome {
  readonly id: string;
  readonly problem?: string;
}

const NOTHING_CHANGED = 'imds-defaults-unchanged';

/** Left for the answer to CloudFormation. */
const RESERVE = 8000;

/** Sets the account-level IMDS defaults of a region. The whole of this folder is the function: it needs nothing but Node. */
export async function handler(event: Event, context: Context): Promise<void> {
  const ec2 = new Ec2(process.env, Date.now() + context.getRemainingTimeInMillis() - RESERVE);
  const outcome = await (event.RequestType === 'Delete' ? remove(event, ec2) : set(event, ec2));
  if (outcome.problem !== undefined) { console.error(outcome.problem); }
  await answer(event, outcome);
}

async function set({ PhysicalResourceId: known, ResourceProperties: { Defaults: given = {} } }: Event, ec2: Ec2): Promise<Outcome> {
  let id = known ?? NOTHING_CHANGED;
  try {
    const { defaults: now, isManaged, message } = await ec2.get();
    if (isManaged) {
      throw new Error(`a declarative policy of the organization owns the IMDS defaults of this account, so change them there${message ? ` (it says: ${message})` : ''}`);
    }
    const before = (known === undefined ? undefined : beforeIn(known)?.before) ?? now;
    if (known === undefined) { id = idOf(before, true); }
    await change(ec2, defaultsFrom(name => given[name] ?? before[name]), now);
    return { id: known ?? idOf(before) };
  } catch (error) {
    return { id, problem: (error as Error).message };
  }
}

/** A stack can always be deleted where nothing is to be restored. */
async function remove({ PhysicalResourceId: id = '', ResourceProperties: { RestoreOnDelete: restore } }: Event, ec2: Ec2): Promise<Outcome> {
  const { before, isFailed } = beforeIn(id) ?? {};
  if (!before || !(isFailed || restore === 'true')) { return { id }; }
  try {
    const { defaults: now, isManaged } = await ec2.get();
    if (isManaged) { return { id }; } // it has taken over, and what was there before is no longer this account's to restore
    await change(ec2, before, now);
    return { id };
  } catch (error) {
    return { id, problem: (error as Error).message };
  }
}

async function change(ec2: Ec2, wanted: Defaults, now: Defaults): Promise<void> {
  const changes = changesTo(wanted, now);
  if (Object.keys(changes).length === 0) { return; }
  await ec2.modify(changes);
  const { defaults: after } = await ec2.get();
  const [missed] = Object.entries(changesTo(wanted, after));
  if (missed) {
    const [name, value] = missed;
    throw new Error(`EC2 took the change, but ${name} is ${after[name as keyof Defaults]} and not ${value}: someone else may be setting it too`);
  }
}

const TRIES = 4;

/** Whatever happens, CloudFormation must hear of it, or it waits for the time of the resource to end. */
async function answer({ ResponseURL: url, StackId, RequestId, LogicalResourceId }: Event, { id, problem }: Outcome): Promise<void> {
  const status = problem === undefined ? { Status: 'SUCCESS' } : { Status: 'FAILED', Reason: problem.slice(0, 1000) };
  const body = JSON.stringify({ ...status, PhysicalResourceId: id, StackId, RequestId, LogicalResourceId });
  for (let tried = 1; ; tried++) {
    try {
      const { ok, status: code } = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' }, signal: AbortSignal.timeout(RESERVE / TRIES) });
      if (ok) { return; }
      throw new Error(`CloudFormation did not take the answer: status ${code}`);
    } catch (error) {
      if (tried === TRIES) { throw error; }
    }
  }
}
