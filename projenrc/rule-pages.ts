import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/**
 * Writes the pages of the rules as a module before anything is compiled.
 *
 * In `compile` and not in `pre-compile`, so that `npx projen compile` alone never compiles pages that are out of step.
 */
export class RulePages extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    project.compileTask.prependExec('ts-node -T --project tsconfig.dev.json projenrc/write-rule-pages.ts');
    project.annotateGenerated('/src/cli/rule-pages.generated.ts');
  }
}
