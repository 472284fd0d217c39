import { join } from 'path';
import { installPreload } from './install';

/**
 * What `NODE_OPTIONS=--require=…` names: guards every CDK app of the process, without a change to it.
 *
 * It reaches every Node process that inherits the variable, most of which are no CDK app, so it loads nothing until there is one.
 */
installPreload(() => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(join(__dirname, 'guard.js')) as typeof import('./guard');
});
