import { child, goal, median } from './child';

/** On a machine with two cores that did nothing else; ratios of one run. */
const SEEN = {
  part: { seen: 0.066, on: '2026-11-29' },
};

interface Measured {
  readonly part: number;
  readonly milliseconds: number;
  readonly modules: number;
  readonly services: number;
}

const runs = Array.from({ length: 15 }, () => child<Measured>('import-cost.child.ts'));

console.log(`importing the library and making a RequireImdsv2: ${median(runs.map(run => run.milliseconds)).toFixed(1)} ms (median of 15 processes)`);
goal('part of importing aws-cdk-lib/core and making an App', median(runs.map(run => run.part)), SEEN.part);
goal('modules of aws-cdk-lib services or cdk-nag', runs[0].services, 0);
console.log(`          modules: ${runs[0].modules}`);
