import { isMainThread } from 'worker_threads';
import { hasValidator } from './add-validator';
import { writeRecords } from './record';
import { switchedOff } from './switched-off';
import { PolicyValidationPluginReport, Stage } from '../cdk/cdk';
import { ImdsValidator } from '../check/imds-validator';
import { registerOf } from '../scopes/guarded';

/** What is left to do once a whole app is synthesized. */
export function finishApp(app: Stage): void {
  const register = registerOf(app);
  const hasFailed = register !== undefined && !isChecked(app) && !report(new ImdsValidator().validate({ appConstruct: app, templatePaths: [] }));
  recordApp(app);
  // an app may set an exit code of its own after this, as `process.exit(0)` does
  if (hasFailed || (process.exitCode && isUnobserved())) { throw new Error('cdk-imds-guard: the check failed; what is wrong is reported above'); }
}

/**
 * An app in another language runs CDK in a Node process whose exit code nobody reads, and so does one in a worker thread: there, only an
 * exception fails it. Newer CDK throws one of its own. The variable is set by the runtime of each language (`JSII_AGENT` in the sources of jsii).
 */
function isUnobserved(): boolean {
  return Boolean(process.env.JSII_AGENT) || !isMainThread;
}

/** What is left where a check of CDK's has failed. */
export function recordApp(app: Stage): void {
  const register = registerOf(app);
  if (register || switchedOff(app) !== undefined) { writeRecords(app, register); }
}

/**
 * CDK before 2.257 has no plugins that are told which app it is, so there the check is run from here. So it is where the app has taken away
 * what was to register the validator.
 */
function isChecked(app: Stage): boolean {
  return '_addValidationPlugins' in app && hasValidator(app);
}

/** As CDK does with the report of a plugin: it is printed, and a failure is one of the process. */
function report({ success, violations }: PolicyValidationPluginReport): boolean {
  for (const { ruleName, severity, description, fix, violatingResources } of violations) {
    const where = violatingResources.map(({ constructPath, resourceLogicalId }) => constructPath ?? resourceLogicalId).join(', ');
    process.stderr.write(`cdk-imds-guard: ${severity} ${ruleName}: ${description}\n  ${where}\n  ${fix}\n`);
  }
  if (!success) { process.exitCode = 1; }
  return success;
}
