import { join } from 'path';
import { withPreload } from './node-options';

/**
 * A plugin for the `plugin` list of `cdk.json` or `~/.cdk.json`, as the command line of CDK wants it.
 *
 * It is loaded before the app is started, which inherits the environment.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/cli.html
 */
export const version = '1';

export function init(): void {
  process.env.NODE_OPTIONS = withPreload(process.env.NODE_OPTIONS, join(__dirname, 'preload.js'));
}
