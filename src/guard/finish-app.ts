import { writeRecords } from './record';
import { PolicyValidationPluginReport, Stage } from '../cdk/cdk';
import { ImdsValidator } from '../check/imds-validator';
import { registerOf } from '../scopes/guarded';

/** What is left to do once a whole app is synthesized. */
export function finishApp(app: Stage): void {
  const register = registerOf(app);
  if (!register) { return; }
  const failed = !takesPlugins(app) && !report(new ImdsValidator().validate({ appConstruct: app, templatePaths: [] }));
  writeRecords(app, register);
  if (failed && process.env.JSII_AGENT !== undefined) { throw new Error('cdk-imds-guard: IMDSv1 is still allowed; the report is above'); }
}

/** CDK before 2.257 has no plugins that are told which app it is, so there the check is run from here. */
function takesPlugins(app: Stage): boolean {
  return '_addValidationPlugins' in app;
}

/**
 * As CDK does with the report of a plugin: it is printed, and a failure is one of the process. Of an app in Python, Java, .NET or Go
 * this process is only the servant, whose exit code nobody looks at, so there an error has to follow.
 */
function report({ success, violations }: PolicyValidationPluginReport): boolean {
  for (const { ruleName, severity, description, fix, violatingResources } of violations) {
    const where = violatingResources.map(({ constructPath, resourceLogicalId }) => constructPath ?? resourceLogicalId).join(', ');
    process.stderr.write(`cdk-imds-guard: ${severity} ${ruleName}: ${description}\n  ${where}\n  ${fix}\n`);
  }
  if (!success) { process.exitCode = 1; }
  return success;
}
