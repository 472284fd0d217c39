import { tellWhenSynthesized } from './tell';
import { TOLD } from './told';
import { Stage } from '../cdk/cdk';
import { guardScope } from '../guard/guard-scope';
import { noteSwitchedOff } from '../guard/switched-off';
import { hookSynth } from '../guard/synth-hook';
import { isMadeForPlan } from '../scopes/plan-folder';
import { enforceSettings } from '../settings/enforce-settings';
import { Mistake } from '../settings/mistake';
import { readConfig } from '../settings/settings-files';

/**
 * Guards an App that has just been made. Its context is not loaded yet, so what depends on it waits for synthesis.
 *
 * @throws for settings that cannot be read: an app that is not guarded as asked must not pass for one that is
 */
export function guardApp(app: Stage, folder?: string, env: NodeJS.ProcessEnv = process.env): void {
  try {
    guardOrNote(app, folder, env);
  } catch (error) {
    throw error instanceof Mistake ? asOneLine(error) : error;
  }
  tellWhenSynthesized(app, env[TOLD]); // after the guard, whose record is then there
}

function guardOrNote(app: Stage, folder: string | undefined, env: NodeJS.ProcessEnv): void {
  if (env.IMDS_GUARD === 'off') {
    noteSwitchedOff(app, 'IMDS_GUARD=off');
    hookSynth(app);
    return;
  }
  const { mode, options, overrides, files } = enforceSettings(readConfig({ cwd: process.cwd(), env }, undefined));
  if (isMadeForPlan(app.outdir)) { // a plan says what enforcing would change, also where the settings only observe as yet
    guardScope(app, 'enforce', options, { files, folder, overrides: overrides.filter(({ exempt }) => exempt) });
  } else {
    guardScope(app, mode, options, { files, folder, overrides });
  }
}

/** Of what nobody catches Node prints the stack, which leads to nothing that a user has written. */
function asOneLine({ lines }: Mistake): Error {
  const told = new Error(`imds-guard: ${lines.join('; ')}`);
  told.stack = String(told);
  return told;
}
