interface Package {
  readonly name: string;
  readonly version: string;
}

/** The version of the package. */
export function version(): string {
  return manifest().version;
}

/** What the package is called: the library and the light package have the same programs. */
export function packageName(): string {
  return manifest().name;
}

/** Bundles have the same place in both packages, so this leads to the package that they are in. */
function manifest(): Package {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('../../package.json') as Package;
}
