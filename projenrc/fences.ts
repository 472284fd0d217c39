import { Component, javascript } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';
import { ROOMS } from './rooms';

/**
 * The borders inside `src/`, held by eslint.
 *
 * `src/engine/` is the engine: plain data in, plain data out. The rest reaches aws-cdk-lib through its index only, since that loads
 * a service when it is first used, while a submodule path loads it at once (210 ms for aws-ec2). `src/prevent/account-defaults-handler/` runs alone.
 */
export class Fences extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    const eslint = javascript.Eslint.of(project)!;
    eslint.addOverride({
      files: ['src/**'],
      rules: {
        'no-restricted-imports': ['error', {
          patterns: [
            { regex: '^aws-cdk-lib/', message: "import { aws_ec2 } from 'aws-cdk-lib' instead: a submodule path loads the service at once" },
            { regex: '/cli/rule-pages', message: 'the pages of the rules are for the command line: an app that loads the library does not need them' },
          ],
        }],
      },
    });
    eslint.addOverride({
      files: ['src/prevent/account-defaults-handler/**'],
      rules: {
        'no-restricted-imports': ['error', {
          patterns: [{ regex: '^(?!\\./|crypto$)', message: 'the folder is uploaded as a function: it can import nothing but Node and itself' }],
        }],
      },
    });
    const engine = ROOMS.flatMap(room => room.startsWith('engine/') ? room.slice('engine/'.length) : []);
    const pure = 'src/engine/ imports nothing from outside itself: give the function plain data';
    eslint.addOverride({
      files: ['src/engine/**'],
      rules: {
        'no-restricted-imports': ['error', { patterns: [{ regex: '^(?!\\./|\\.\\./(' + engine.join('|') + ')/)', message: pure }] }],
        'no-restricted-syntax': ['error', { selector: 'ImportExpression, TSImportType', message: pure }],
      },
    });
  }
}
