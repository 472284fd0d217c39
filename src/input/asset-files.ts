import { join, parse } from 'path';
import { textOf } from './manifest';
import { isObject, JsonObject, stringsIn } from '../engine/json/json';

/** The files of an assembly that CDK uploads, by what their address holds: a hash as a rule. */
export type AssetFiles = Map<string, string>;

/** Adds what an asset manifest lists. */
export function addAssetFiles(files: unknown, directory: string, to: AssetFiles): void {
  for (const [id, asset] of Object.entries(isObject(files) ? files : {})) {
    const { source, destinations } = isObject(asset) ? asset : {} as JsonObject;
    const path = isObject(source) && (source.packaging ?? 'file') === 'file' ? textOf(source.path) : undefined;
    if (path === undefined) { continue; }
    const keys = Object.values(isObject(destinations) ? destinations : {}).map(each => isObject(each) ? textOf(each.objectKey) : undefined);
    for (const key of [id, ...keys]) {
      if (key !== undefined) { to.set(parse(key).name, join(directory, path)); }
    }
  }
}

/** The folders that CDK zips and uploads, such as the code of an application. */
export function assetFolders(files: unknown, directory: string): string[] {
  return Object.values(isObject(files) ? files : {}).flatMap(asset => {
    const { source } = isObject(asset) ? asset : {} as JsonObject;
    const path = isObject(source) && source.packaging === 'zip' ? textOf(source.path) : undefined;
    return path === undefined ? [] : [join(directory, path)];
  });
}

/** Adds assets that a stack lists itself, as the synthesizer of CDK 1 does. */
export function addLegacyAssets(assets: readonly JsonObject[], directory: string, to: AssetFiles): void {
  for (const { id, sourceHash, packaging, path } of assets) {
    if (packaging !== 'file' || typeof path !== 'string') { continue; }
    for (const hash of [id, sourceHash]) {
      if (typeof hash === 'string') { to.set(hash, join(directory, path)); }
    }
  }
}

/** The asset that an address means, whatever else the address is made of. */
export function assetIn(address: unknown, assets: AssetFiles): string | undefined {
  const text = stringsIn(address).join('\n');
  const words = [...text.match(/[0-9a-f]{64}/g) ?? [], ...text.match(/[\w-]+/g) ?? []];
  return words.map(word => assets.get(word)).find(path => path !== undefined);
}
