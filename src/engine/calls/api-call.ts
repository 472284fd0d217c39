import { PossibleValue } from '../evaluator/possible-value';
import { Api } from '../surfaces/apis';
import { StartedRunbook } from '../templates/started-runbooks';

/** One call of an API, or a text that may hold one and cannot be read. */
export type ApiCall = (ReadCall | UnreadCall) & {
  /** Where it stands, below the resource. */
  readonly path: string;
};

export interface ReadCall {
  readonly api: Api;

  /** Each of the things that its options can be. */
  readonly options: readonly CallOptions[];

  /** Whether something of the request launches instances in a form that has no IMDS setting. */
  readonly isUncontrolled?: boolean;

  /** The automations that it starts. */
  readonly runbooks?: readonly StartedRunbook[];

  /** What people call the place, for the message: `Parameters of the state Launch`. */
  readonly where: string;

  /** Of a script: how tokens are required there. */
  readonly asWritten?: string;
  readonly line?: number;
}

export interface UnreadCall {
  readonly api?: undefined;
  readonly why: string;
}

/** What a call says about tokens and the endpoint. */
export interface CallOptions {
  readonly tokens: PossibleValue;
  readonly endpoint: PossibleValue;

  /** Whether launches that do not require tokens are refused. */
  readonly enforced?: PossibleValue;
}
