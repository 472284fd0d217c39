import { child, goal, median } from './child';

const runs = Array.from({ length: 11 }, () => child<{ milliseconds: number; modules: number; services: number }>('import-cost.child.ts'));

console.log('importing the library and making a RequireImdsv2, in an app that has made its App (median of 11 processes)');
goal('milliseconds', median(runs.map(run => run.milliseconds)), 10);
goal('modules of aws-cdk-lib services or cdk-nag', runs[0].services, 0);
console.log(`          modules: ${runs[0].modules}`);
