import { Aws, Refused } from './aws-call';
import { beforeIn, changesTo, Defaults, defaultsFrom, idOf } from './defaults';
import { Ec2, MODIFY } from './ec2';
import { Owner, OwnerParameter } from './owner';
import { Backoff, Timing, TIMING } from './timing';

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

/** What CloudFormation is answered; a failure carries the id with which it is undone. */
interface Outcome {
  readonly id: string;
  readonly problem?: string;
}

const NOTHING_CHANGED = 'imds-defaults-unchanged';

/** What the function works with. */
interface Tools {
  readonly aws: Aws;
  readonly ec2: Ec2;
  readonly parameter: OwnerParameter;
}

/** Sets the account-level IMDS defaults of a region. The whole of this folder is the function: it needs nothing but Node. */
export async function handler(event: Event, context: Context): Promise<void> {
  await handle(event, context, TIMING);
}

export async function handle(event: Event, context: Context, timing: Timing): Promise<void> {
  const end = Date.now() + context.getRemainingTimeInMillis();
  const aws = new Aws(process.env, end - timing.reserve, timing);
  const tools = { aws, ec2: new Ec2(aws), parameter: new OwnerParameter(aws, process.env.OWNER_PARAMETER!) };
  const outcome = await (event.RequestType === 'Delete' ? remove(event, tools) : set(event, tools));
  if (outcome.problem !== undefined) { console.error(outcome.problem); }
  await answer(event, outcome, new Backoff(timing, end - timing.firstWait), timing);
}

const ownerOf = ({ StackId, LogicalResourceId }: Event): string => `${StackId} ${LogicalResourceId}`;

async function set(event: Event, { aws, ec2, parameter }: Tools): Promise<Outcome> {
  const { PhysicalResourceId: known, ResourceProperties: { Defaults: given = {} } } = event;
  let id = known ?? NOTHING_CHANGED;
  let last: Owner | undefined;
  try {
    const { defaults: now, isManaged, message } = await ec2.get();
    const owned = `a declarative policy of the organization owns the IMDS defaults of this account, so change them there${message ? ` (it says: ${message})` : ''}`;
    if (isManaged && known !== undefined) {
      console.log(`nothing was changed: ${owned}`); // to fail would stop every later update of the stack, the removal of this resource included
      return { id };
    }
    if (isManaged) { throw new Error(owned); }
    const owner = ownerOf(event);
    last = await parameter.read();
    const kept = known ?? (last?.owner === owner && last.request === event.RequestId ? last.before : undefined); // Lambda repeats what failed
    const before = (kept === undefined ? undefined : beforeIn(kept)?.before) ?? now;
    await parameter.write({ owner, request: event.RequestId, before: idOf(before) });
    if (known === undefined) { id = idOf(before, true); }
    await change(ec2, aws, changesTo(defaultsFrom(name => given[name] ?? before[name]), now));
    return { id: known ?? idOf(before) };
  } catch (error) {
    if (error instanceof Refused && error.action === MODIFY && error.hasNoEffect && known === undefined) {
      id = NOTHING_CHANGED;
      await (last ? parameter.write(last) : parameter.remove()).catch((each: Error) => console.error(each.message)); // whoever was before remains
    }
    return { id, problem: (error as Error).message };
  }
}

/** A stack can always be deleted where nothing is to be restored. */
async function remove(event: Event, { aws, ec2, parameter }: Tools): Promise<Outcome> {
  const { PhysicalResourceId: id = '', ResourceProperties: { RestoreOnDelete: restore, Defaults: given = {} } } = event;
  const { before, isFailed } = beforeIn(id) ?? {};
  if (!before || !(isFailed || restore === 'true')) { return { id }; }
  try {
    const last = await parameter.read();
    if (last !== undefined && last.owner !== ownerOf(event)) {
      console.log(`nothing was restored: ${last.owner} has set the defaults since`);
      return { id };
    }
    const { defaults: now, isManaged } = await ec2.get();
    if (isManaged) { return { id }; } // it has taken over, and what was there before is no longer this account's to restore
    // the read may be older than what this resource has set, so that is written whatever the read says
    const own = Object.fromEntries(Object.entries(before).filter(([name]) => name in given));
    await change(ec2, aws, { ...changesTo(before, now), ...own });
    await parameter.remove();
    return { id };
  } catch (error) {
    return { id, problem: (error as Error).message };
  }
}

/** What EC2 shows may be older than what it took. */
async function change(ec2: Ec2, { timing, end }: Aws, changes: Partial<Defaults>): Promise<void> {
  if (Object.keys(changes).length === 0) { return; }
  await ec2.modify(changes);
  const backoff = new Backoff(timing, Math.min(Date.now() + timing.settle, end));
  for (;;) {
    const { defaults: after } = await ec2.get();
    const [missed] = Object.entries(changesTo({ ...after, ...changes }, after));
    if (!missed) { return; }
    const [name, value] = missed;
    if (!await backoff.wait()) {
      throw new Error(`EC2 took the change, but ${name} is ${after[name as keyof Defaults]} and not ${value}: someone else may be setting it too`);
    }
  }
}

/** Whatever happens, CloudFormation must hear of it, or it waits for the time of the resource to end. */
async function answer(event: Event, { id, problem }: Outcome, backoff: Backoff, timing: Timing): Promise<void> {
  const { ResponseURL: url, StackId, RequestId, LogicalResourceId } = event;
  const status = problem === undefined ? { Status: 'SUCCESS' } : { Status: 'FAILED', Reason: problem.slice(0, 1000) };
  const body = JSON.stringify({ ...status, PhysicalResourceId: id, StackId, RequestId, LogicalResourceId });
  for (;;) {
    try {
      const { ok, status: code } = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' }, signal: AbortSignal.timeout(timing.attempt) });
      if (ok) { return; }
      throw new Error(`CloudFormation did not take the answer: status ${code}`);
    } catch (error) {
      if (!await backoff.wait()) { throw error; }
    }
  }
}
