import { Stack, Stage, Token } from '../cdk/cdk';
import { daysBetween, today } from '../engine/exemptions/calendar';
import { inDays } from '../engine/exemptions/exemption-standing';
import { callsAt, Guarded } from '../scopes/calls';
import { EnforceOverride, exemptionOf } from '../scopes/enforce-override';
import { addExemption } from '../scopes/exempting';
import { setGuarded } from '../scopes/guarded';
import { annotate } from '../tree/annotate';

const DONE = new WeakSet<Stack>();

/** Does for each stack of a Stage what the organization says for it, once: stacks are known when they are synthesized. */
export function applyOverrides(stage: Stage, stacks: readonly Stack[]): void {
  const call = callsAt(stage.node.root).find(({ preload }) => preload?.overrides);
  for (const stack of call ? stacks.filter(each => !each.nestedStackParent && !DONE.has(each)) : []) {
    DONE.add(stack);
    applyTo(stack, call!);
  }
}

function applyTo(stack: Stack, call: Guarded): void {
  const inForce = call.preload!.overrides!.filter(override => holdsFor(override, stack, call.preload!.folder));
  const [guarding] = inForce.filter(({ mode }) => mode).slice(-1);
  if (guarding && guarding.mode !== call.mode) {
    setGuarded(stack, { ...call, mode: guarding.mode!, preload: { files: call.preload!.files, override: guarding } });
    annotate(stack, 'organization-override', `the organization has its mode here as ${guarding.mode}${termOf(guarding)}`);
  }
  const [exempting] = inForce.filter(({ exempt }) => exempt).slice(-1);
  if (exempting) { addExemption(stack, exemptionOf(exempting)); }
}

/** An exemption whose end has come is still an exemption, and says so itself; a mode is no longer in force. */
function holdsFor(override: EnforceOverride, stack: Stack, folder = process.cwd()): boolean {
  const { apps, stacks, accounts, mode, until } = override;
  if (apps && !isAnyOf(apps.map(each => `**/${each}`), folder.replace(/\\/g, '/'))) { return false; }
  if (stacks && ![stack.stackName, stack.node.path].some(name => isAnyOf(stacks, name))) { return false; }
  if (accounts && Token.isUnresolved(stack.account)) {
    annotate(stack, 'organization-override-unknown', `whether what the organization says for ${accounts.join(', ')} holds here cannot be decided, since the stack `
      + 'has no account; the settings for all hold; give the stack its `env`');
    return false;
  }
  if (accounts && !accounts.includes(stack.account)) { return false; }
  if (!mode || until === undefined || daysLeft(until) >= 0) { return true; }
  annotate(stack, 'organization-override-ended', `the organization had its mode here as ${mode} until ${until}; the settings for all hold again`);
  return false;
}

/** Each is read once: there may be many stacks. */
const matchers = new Map<string, (name: string) => boolean>();

function isAnyOf(globs: readonly string[], name: string): boolean {
  return globs.some(glob => matcherOf(glob)(name));
}

function matcherOf(glob: string): (name: string) => boolean {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const picomatch = require('picomatch') as typeof import('picomatch'); // here, since most organizations have no overrides
  const matcher = matchers.get(glob) ?? picomatch(glob, { dot: true });
  matchers.set(glob, matcher);
  return matcher;
}

function daysLeft(until: string): number {
  return daysBetween(today(process.env, Date.now()), until);
}

function termOf({ until, reason, owner }: EnforceOverride): string {
  const term = until === undefined ? '' : ` until ${until} (${inDays(daysLeft(until))} left)`;
  return `${term}${reason === undefined ? '' : `: ${reason}`}${owner === undefined ? '' : `, owner ${owner}`}`;
}
