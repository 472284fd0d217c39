import { pathOf } from './changes';
import { paint } from './paint';
import { Report } from './report';
import { table } from './table';
import { isObject, Templates } from './template';
import { Attack, attack } from '../imds/attack';
import { MetadataOptions } from '../imds/metadata-service';

const WEBSITE = 'Legacy/LaunchTemplate';
const ECS_HOST = 'Containers/EcsHosts/LaunchTemplate';
const ATTEMPTS: Record<keyof Attack, string> = {
  pageGet: 'page fetches the role credentials',
  pagePut: 'page fetches a token (X-Forwarded-For)',
  host: 'program on the host, with a token',
  container: 'container on the host, with a token',
  containerGet: 'container on the host, without a token',
};

const CONCLUSION = [
  'As it was, the page hands out the keys of the role. Guarded, a request without a token gets 401, and a forwarded',
  'one gets no token. A token crosses no more hops than the limit: none beyond the host at 1, one to a container at 2.',
];

/** What the options of the example are good for: the same requests to a stand-in for IMDS, without and with the guard. */
export async function attackReport(before: Templates, after: Templates): Promise<Report> {
  const options = { before: optionsAt(WEBSITE, before), after: optionsAt(WEBSITE, after), ecs: optionsAt(ECS_HOST, after) };
  const open = await attack(options.before);
  const guarded = await attack(options.after);
  const ecs = await attack(options.ecs);

  const rows = (Object.keys(ATTEMPTS) as Array<keyof Attack>).map(key => [ATTEMPTS[key], open[key], guarded[key], ecs[key]]);
  const failures = failuresOf(open, guarded, ecs);
  return {
    passed: failures.length === 0,
    lines: [
      'Why it matters: a stand-in for the metadata service on 127.0.0.1, set up from the options just synthesized, on',
      'hosts with a page that fetches any address it is given. Where nothing is set, image and account are taken to',
      "allow IMDSv1. The keys are the examples of AWS's documentation.",
      `Website: ${WEBSITE}; ECS host: ${ECS_HOST}.`,
      '',
      ...table(['', 'website, as it was', 'website, guarded', 'ECS host, guarded'], [
        ['options', ...Object.values(options).map(text)],
        ...rows,
      ]),
      '',
      ...failures.length === 0 ? CONCLUSION.map(paint.good) : failures.map(failure => paint.bad(`NOT EXPECTED: ${failure}`)),
    ],
  };
}

function failuresOf(open: Attack, guarded: Attack, ecs: Attack): string[] {
  const expectations: Array<[boolean, string]> = [
    [open.pageGet.includes('EXAMPLE'), 'the page of the unguarded website gives no credentials away, so that this shows nothing'],
    [guarded.pageGet.startsWith('401'), `the page of the guarded website answers ${guarded.pageGet}`],
    [guarded.pagePut.startsWith('403'), `the page of the guarded website gets a token: ${guarded.pagePut}`],
    [guarded.host.includes('EXAMPLE'), `a program on the guarded website gets ${guarded.host}`],
    [guarded.container === 'no answer', `a container on the guarded website gets ${guarded.container}`],
    [ecs.container.includes('EXAMPLE'), `a container on the guarded ECS host gets ${ecs.container}`],
  ];
  return expectations.filter(([holds]) => !holds).map(([, failure]) => failure);
}

function optionsAt(path: string, templates: Templates): MetadataOptions {
  for (const [file, { Resources = {} }] of Object.entries(templates)) {
    for (const [id, resource] of Object.entries(Resources)) {
      if (pathOf(file, id, resource) !== path) continue;
      const data = resource.Properties?.LaunchTemplateData;
      return isObject(data) && isObject(data.MetadataOptions) ? data.MetadataOptions : {};
    }
  }
  throw new Error(`the app has no launch template '${path}'`);
}

function text({ HttpTokens, HttpPutResponseHopLimit }: MetadataOptions): string {
  return HttpTokens ? [HttpTokens, ...HttpPutResponseHopLimit === undefined ? [] : [`hop ${HttpPutResponseHopLimit}`]].join(', ') : 'not set';
}
