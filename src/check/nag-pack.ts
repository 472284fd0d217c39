import type * as nag from 'cdk-nag';

/**
 * What a pack of cdk-nag 3 extends. Where an app has another cdk-nag or none, a stand-in that refuses to be made: to throw when the
 * file is loaded would fail whoever only lists what the library exports.
 */
export const NagPack: typeof nag.NagPack = nagPack();

function nagPack(): typeof nag.NagPack {
  const version = installedVersion();
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  if (version?.startsWith('3.')) { return (require('cdk-nag') as typeof nag).NagPack; }
  class NoNagPack {
    public constructor() {
      throw new Error(`ImdsChecks needs cdk-nag 3, got ${version ?? 'none'}; install cdk-nag@3, or use ImdsValidator, which has the same verdicts and needs no cdk-nag`);
    }
  }
  return NoNagPack as unknown as typeof nag.NagPack;
}

function installedVersion(): string | undefined {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return (require('cdk-nag/package.json') as { version: string }).version;
  } catch {
    return undefined; // it is optional
  }
}
