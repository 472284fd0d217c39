import { Stage } from '../cdk/cdk';

const SWITCHED_OFF = Symbol.for('cdk-imds-guard.switched-off');

/** Notes how the preload was kept from an app, so that the record of its assembly shows it. */
export function noteSwitchedOff(app: Stage, how: string): void {
  Object.defineProperty(app, SWITCHED_OFF, { value: how, configurable: true });
}

export function switchedOff(app: Stage): string | undefined {
  return (app as { [SWITCHED_OFF]?: string })[SWITCHED_OFF];
}
