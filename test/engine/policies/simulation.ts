import { runSimulation } from '@cloud-copilot/iam-simulate';
import { Statement } from '../../../src/engine/policies/policy-statement';

/** One authorization, as a service asks IAM for it. */
export interface Request {
  readonly name: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

export type Context = { readonly [key: string]: string | readonly string[] };

/** Who asks: the role, and what IAM knows of it. */
export interface Principal {
  readonly role: string;
  readonly context?: Context;
}

/** How a policy is attached. */
export type Mode = 'identity policy' | 'service control policy' | 'permission boundary';

export const MODES: readonly Mode[] = ['identity policy', 'service control policy', 'permission boundary'];
export const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov'] as const;
export const ACCOUNT = '111122223333';

const FULL_ACCESS = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

const ATTACHED: { readonly [mode in Mode]: (documents: readonly object[]) => object } = {
  'identity policy': documents => ({ identityPolicies: named([FULL_ACCESS, ...documents]), serviceControlPolicies: [], resourceControlPolicies: [] }),
  'service control policy': documents => ({
    identityPolicies: named([FULL_ACCESS]),
    serviceControlPolicies: [
      { orgIdentifier: 'r-ab12', policies: named([FULL_ACCESS, ...documents]) },
      { orgIdentifier: ACCOUNT, policies: named([FULL_ACCESS]) },
    ],
    resourceControlPolicies: [],
  }),
  'permission boundary': documents => ({
    identityPolicies: named([FULL_ACCESS]),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    permissionBoundaryPolicies: named(documents),
  }),
};

function named(documents: readonly object[]): { name: string; policy: object }[] {
  return documents.map((policy, i) => ({ name: `policy-${i}`, policy }));
}

export function documentOf(statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

/** A document as it is attached in a mode: a boundary needs an Allow. */
export function documentFor(mode: Mode, statements: readonly object[]): object {
  return documentOf(mode === 'permission boundary' ? [...FULL_ACCESS.Statement, ...statements] : statements);
}

export type Answer = 'allowed' | 'denied' | 'not allowed';

const ANSWERS: { readonly [result: string]: Answer } = { Allowed: 'allowed', ExplicitlyDenied: 'denied', ImplicitlyDenied: 'not allowed' };
const known = new Map<string, Promise<Answer>>();

/** What IAM answers. Fails where the simulator leaves out a part of the question, since the answer would be to another one. */
export function answerTo(request: Request, principal: Principal, documents: readonly object[], mode: Mode): Promise<Answer> {
  const { action, resource, context } = request;
  const simulation = {
    request: {
      principal: principal.role.replace(':iam:', ':sts:').replace(/:role\/(?:.*\/)?([^/]+)$/, ':assumed-role/$1/session'),
      action,
      resource: { resource, accountId: ACCOUNT },
      contextVariables: { 'aws:PrincipalArn': principal.role, ...principal.context, ...context },
    },
    ...ATTACHED[mode](documents),
  };
  const id = JSON.stringify(simulation);
  if (!known.has(id)) { known.set(id, simulate(simulation as unknown as Parameters<typeof runSimulation>[0])); }
  return known.get(id)!;
}

async function simulate(simulation: Parameters<typeof runSimulation>[0]): Promise<Answer> {
  const result = await runSimulation(simulation, {});
  if (result.resultType === 'error') { throw new Error(`the simulator refuses: ${JSON.stringify(result.errors)}`); }
  const parts = result.resultType === 'single' ? [result.result] : result.results;
  const ignored = parts.flatMap(({ ignoredContextKeys }) => ignoredContextKeys ?? ['nothing was evaluated']);
  if (parts.length === 0 || ignored.length > 0) {
    throw new Error(`the simulator ignores ${ignored.join() || 'everything'} of ${JSON.stringify(simulation.request)}`);
  }
  return ANSWERS[result.overallResult] ?? result.overallResult;
}

/** The answers to many, as `name: answer`; only those that are not `usual`. */
export async function answersOtherThan(
  usual: Answer, requests: readonly Request[], principal: Principal, documents: readonly object[], mode: Mode,
): Promise<string[]> {
  const answers = await Promise.all(requests.map(request => answerTo(request, principal, documents, mode)));
  return requests.flatMap(({ name }, i) => answers[i] === usual ? [] : [`${name}: ${answers[i]}`]);
}

/** Every action a statement names. */
export function actionsOf({ Action }: Pick<Statement, 'Action'>): readonly string[] {
  return typeof Action === 'string' ? [Action] : Action;
}
