import { child, goal, median } from './child';

/** On a machine that had other work too; ratios of one run. */
const SEEN = {
  first: { seen: 4.1, on: '2026-11-29' },
  synth: { seen: 1.65, on: '2026-11-29' },
  ofNag: { seen: 1.55, on: '2026-11-29' },
};

interface Measured {
  readonly first: { readonly none: number; readonly guard: number };
  readonly modules: number;
  readonly times: Record<'none' | 'guard' | 'nag', number[]>;
}

const runs = Array.from({ length: 7 }, () => child<Measured>('small-app.child.ts'));
const middle = (of: (run: Measured) => number): number => median(runs.map(of));
const synth = (name: keyof Measured['times']) => ({ times }: Measured): number => median(times[name]);
const added = (name: keyof Measured['times']) => (run: Measured): number => synth(name)(run) - synth('none')(run);

console.log('\na small app: two stacks with a VPC, an instance, a launch template with its group and ECS capacity (median of 7 processes)');
console.log(`          synth takes ${middle(synth('none')).toFixed(1)} ms of the processor, and ${middle(added('guard')).toFixed(1)} ms more with the guard, ${middle(added('nag')).toFixed(1)} ms more with cdk-nag's NIST pack`);
goal('times the unguarded app, from the import to the end of the first guarded synth', middle(run => run.first.guard / run.first.none), SEEN.first);
goal('times the unguarded synth, once all is loaded', middle(run => synth('guard')(run) / synth('none')(run)), SEEN.synth);
goal('times what the NIST pack adds', middle(run => added('guard')(run) / added('nag')(run)), SEEN.ofNag);
goal('modules of the library', middle(run => run.modules), 5);
