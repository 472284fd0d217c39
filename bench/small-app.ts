import { child, goal, median, Seen } from './child';

interface Measured {
  readonly first: { readonly none: number; readonly guard: number };
  readonly modules: number;
  readonly times: Record<'none' | 'guard' | 'nag', number[]>;
}

/**
 * Ratios of one run, seen on a machine with two cores. 1.10 of the unguarded synth, and a fifth of what the NIST pack adds, were wanted and are
 * not reached once all is loaded: what CDK does for any validation plugin is a tenth of this synth, and a loaded pack adds a few milliseconds.
 * In the first synth of a process, which is the one that people wait for, it is the other way round: newer CDK's own validation takes most of it.
 */
const VERSIONS: readonly { readonly cdk: string; readonly what: string; readonly processes: number; readonly rounds: number; readonly seen: Record<'first' | 'synth' | 'ofNag', Seen> }[] = [
  {
    cdk: 'aws-cdk-lib',
    what: 'the oldest CDK',
    processes: 7,
    rounds: 30,
    seen: { first: { seen: 4.4, on: '2026-11-29' }, synth: { seen: 1.7, on: '2026-11-29' }, ofNag: { seen: 1.7, on: '2026-11-29' } },
  },
  {
    cdk: 'aws-cdk-lib-newest',
    what: 'the newest CDK, with its own validation',
    processes: 5,
    rounds: 6,
    seen: { first: { seen: 1.1, on: '2026-11-29' }, synth: { seen: 1.42, on: '2026-11-29' }, ofNag: { seen: 2.6, on: '2026-11-29' } },
  },
];

const synth = (name: keyof Measured['times']) => ({ times }: Measured): number => median(times[name]);
const added = (name: keyof Measured['times']) => (run: Measured): number => synth(name)(run) - synth('none')(run);

for (const { cdk, what, processes, rounds, seen } of VERSIONS) {
  const runs = Array.from({ length: processes }, () => child<Measured>('small-app.child.ts', cdk, String(rounds)));
  const middle = (of: (run: Measured) => number): number => median(runs.map(of));
  const times = (name: keyof Measured['times']): string => `${middle(added(name)).toFixed(1)} ms more`;
  console.log(`\na small app on ${what}: two stacks with a VPC, an instance, a launch template with its group and ECS capacity (median of ${processes} processes)`);
  console.log(`          synth takes ${middle(synth('none')).toFixed(1)} ms of the processor, ${times('guard')} with the guard, ${times('nag')} with cdk-nag's NIST pack`);
  goal('times the unguarded app, from the import to the end of the first guarded synth', middle(run => run.first.guard / run.first.none), seen.first);
  goal('times the unguarded synth, once all is loaded', middle(run => synth('guard')(run) / synth('none')(run)), seen.synth);
  goal('times what the NIST pack adds', middle(run => added('guard')(run) / added('nag')(run)), seen.ofNag);
  goal('modules of the library', middle(run => run.modules), 5);
}
