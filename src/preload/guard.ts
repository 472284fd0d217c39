import { tellWhenSynthesized } from './tell';
import { TOLD } from './told';
import { Stage } from '../cdk/cdk';
import { guardScope } from '../guard/guard-scope';
import { noteSwitchedOff } from '../guard/switched-off';
import { hookSynth } from '../guard/synth-hook';
import { isMadeForPlan } from '../scopes/plan-folder';
import { EnforceSettings, enforceSettings } from '../settings/enforce-settings';
import { Mistake } from '../settings/mistake';
import { readConfig } from '../settings/settings-files';

/**
 * Guards an App that has just been made. Its context is not loaded yet, so what depends on it waits for synthesis.
 *
 * @throws for settings that cannot be read: an app that is not guarded as asked must not pass for one that is
 */
export function guardApp(app: Stage, env: NodeJS.ProcessEnv = process.env): void {
  guardOrNote(app, env);
  tellWhenSynthesized(app, env[TOLD]); // after the guard, whose record is then there
}

function guardOrNote(app: Stage, env: NodeJS.ProcessEnv): void {
  if (env.IMDS_GUARD === 'off') {
    noteSwitchedOff(app, 'IMDS_GUARD=off');
    hookSynth(app);
    return;
  }
  const { mode, options, overrides, files } = settingsOf(env);
  if (isMadeForPlan(app.outdir)) { // a plan says what enforcing would change, also where the settings only observe as yet
    guardScope(app, 'enforce', options, { files, overrides: overrides.filter(({ exempt }) => exempt) });
  } else {
    guardScope(app, mode, options, { files, overrides });
  }
}

function settingsOf(env: NodeJS.ProcessEnv): EnforceSettings {
  try {
    return enforceSettings(readConfig({ cwd: process.cwd(), env }, undefined));
  } catch (error) {
    throw error instanceof Mistake ? withoutTrace(error) : error;
  }
}

/** For whoever runs the app, to whom our places in the code say nothing. */
function withoutTrace({ lines }: Mistake): Error {
  const told = new Error(lines.map(line => `imds-guard: ${line}`).join('\n'));
  told.stack = String(told);
  return told;
}
