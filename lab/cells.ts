import { MetadataOptions } from '../examples/imds/metadata-service';

/** Who asks, from near to far: each is one network hop further from the metadata service. */
export const PLACES = ['host', 'container', 'nested'] as const;
export type Place = typeof PLACES[number];

export const VERSIONS = ['version 1', 'version 2'] as const;
export type Version = typeof VERSIONS[number];

/** What came back: the keys of the role, a refusal, or nothing at all. */
export type Outcome = 'keys' | 'refused' | 'no answer';
export type Outcomes = Record<Version, Outcome>;

/** What one instance with these options answers to whom. */
export interface Row {
  readonly options: MetadataOptions;
  readonly seen: Record<Place, Outcomes>;
}

/** By which version a client in the container got the keys, if it did. */
export interface Fetched {
  readonly client: string;
  readonly options: MetadataOptions;
  readonly by: Version | 'nothing';
}

export function outcomeOf(reply: { readonly status: number; readonly body: string } | undefined): Outcome {
  if (reply === undefined) return 'no answer';
  return reply.status === 200 && reply.body.includes('AccessKeyId') ? 'keys' : 'refused';
}

/** The cells in which two matrices differ, in words. */
export function differences(real: Row[], model: Row[]): string[] {
  return real.flatMap(({ options, seen }, i) => PLACES.flatMap(place => VERSIONS.flatMap(version => {
    const [is, should] = [seen[place][version], model[i].seen[place][version]];
    return is === should ? [] : [`${JSON.stringify(options)}, ${place}, ${version}: the network says '${is}', the model of the demo '${should}'`];
  })));
}
