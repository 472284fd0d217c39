import { Terminal } from './terminal';

/** https://no-color.org and https://force-color.org */
export function hasColour({ color }: { readonly color: boolean }, { env, isTerminal }: Terminal): boolean {
  if (!color || env.NO_COLOR) { return false; }
  return env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : isTerminal.stdout && env.TERM !== 'dumb';
}
