import { child, goal, median } from './child';

interface Measured {
  readonly required: number;
  readonly unguarded: number;
  readonly guarded: number;
  readonly modules: number;
}

const runs = Array.from({ length: 11 }, () => child<Measured>('small-app.child.ts'));
const middle = (key: keyof Measured): number => median(runs.map(run => run[key]));

console.log('\na small app: two stacks with a VPC, an instance, a launch template with its group and ECS capacity (median of 11 processes)');
console.log(`          ${middle('guarded').toFixed(0)} ms from the import to the end of the first guarded synth, ${middle('unguarded').toFixed(0)} ms without the guard`);
goal('milliseconds of the import', middle('required'), 10);
goal('times the unguarded app', median(runs.map(run => run.guarded / run.unguarded)), 4);
goal('modules of the library', middle('modules'), 5);
