import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/**
 * `npx projen bench`: what the library costs an app, measured on the compiled library.
 */
export class Bench extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    const bench = project.addTask('bench', { description: 'Measure what enforcing and importing cost (fails where a goal is missed)' });
    bench.spawn(project.compileTask);
    bench.exec('ts-node -T --project tsconfig.dev.json bench/import-cost.ts');
    bench.exec('ts-node -T --project tsconfig.dev.json bench/small-app.ts', { name: 'small app' });
    bench.exec('ts-node -T --project tsconfig.dev.json bench/preload.ts', { name: 'preload' });
    bench.exec('ts-node -T --project tsconfig.dev.json bench/aspect-phase.ts', { receiveArgs: true });
    const check = project.addTask('bench:check', { description: 'Measure `imds-guard check` beside its floor and cfn-guard (fails where a goal is missed)' });
    check.spawn(project.compileTask);
    check.exec('ts-node -T --project tsconfig.dev.json bench/guardrail.ts', { receiveArgs: true });
  }
}
