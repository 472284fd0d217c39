import { Fetched, Place, PLACES, Row, VERSIONS } from './cells';
import { MetadataOptions } from '../examples/imds/metadata-service';

/** Lines of cells; the first is the header. */
export type Table = string[][];

const PLACE_NAMES: Record<Place, string> = { host: 'host', container: 'container', nested: 'container in it' };

/** Who gets the keys by which version. */
export function matrix(rows: readonly Row[]): Table {
  return [
    ['tokens', 'hop limit', 'asked by', ...PLACES.map(place => PLACE_NAMES[place])],
    ...rows.flatMap(({ options, seen }) => VERSIONS.map(version => [...words(options), version, ...PLACES.map(place => seen[place][version])])),
  ];
}

/** By which version each client in a container gets the keys: a line for each setting. */
export function clientTable(fetched: readonly Fetched[]): Table {
  const clients = [...new Set(fetched.map(({ client }) => client))];
  const settings = [...new Set(fetched.map(({ options }) => words(options).join()))];
  const by = (client: string, setting: string) => fetched.find(each => each.client === client && words(each.options).join() === setting)!.by;
  return [
    ['tokens', 'hop limit', ...clients],
    ...settings.map(setting => [...setting.split(','), ...clients.map(client => by(client, setting))]),
  ];
}

export function markdown([head, ...rows]: Table): string {
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
}

function words({ HttpTokens, HttpPutResponseHopLimit }: MetadataOptions): string[] {
  return [HttpTokens ?? 'not set', String(HttpPutResponseHopLimit ?? 'not set')];
}
