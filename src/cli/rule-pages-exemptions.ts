import { dedented, paragraph, USER_GUIDE, WrittenPage } from './rule-pages-parts';

const PAGE = `${USER_GUIDE}/instance-metadata-transition-to-version-2.html`;
const NO_EXEMPTION = 'There is no exemption from the rules about exemptions.';
const DAY = '2026-06-01';

/** Rules about exemptions. CDK writes the metadata of these templates; in others it can be written by hand. */
export const EXEMPTION_PAGES = {
  'exemption-expired': {
    why: paragraph(`
      The end date has passed: it is inclusive, and days are UTC. What was to be mended by then still answers IMDSv1, so the exemption no longer
      covers it and the findings behind it count again. Enforcement does not quietly harden the resource where that would replace it: it is for
      people to decide.
    `),
    fix: 'Require IMDSv2 and remove the exemption, or agree with its owner on a new end date.',
    cdk: exemption('2026-09-30'),
    notExempt: NO_EXEMPTION,
    page: PAGE,
    day: DAY,
    failing: exempted({ until: '2026-05-31' }),
    passing: exempted({ until: '2026-09-30' }),
  },

  'exemption-expiring': {
    why: 'An exemption that ends comes as a surprise on the day that the build fails. So it is told from 14 days before its end date on.',
    fix: 'Require IMDSv2 before that day, or agree with the owner on a new end date.',
    cdk: exemption('2026-09-30'),
    notExempt: NO_EXEMPTION,
    page: PAGE,
    day: DAY,
    failing: exempted({ until: '2026-06-10' }),
    passing: exempted({ until: '2026-09-30' }),
  },

  'exemption-invalid': {
    why: paragraph(`
      An exemption needs a reason, an owner who answers for it and an end date that the calendar has, as YYYY-MM-DD; a list of allowed rules may
      hold only rules about resources. One that lacks any of it covers nothing, so that a typo never widens it.
    `),
    fix: 'Give all three. ImdsExemption.add refuses what is not valid.',
    cdk: exemption('2026-09-30'),
    notExempt: NO_EXEMPTION,
    page: PAGE,
    day: DAY,
    failing: exempted({ until: '2026-09-31' }),
    passing: exempted({ until: '2026-09-30' }),
  },

  'exemption-not-allowed': {
    why: paragraph(`
      Your organization forbids exemptions, or caps how far from today their end may be (--forbid-exemptions, --max-exemption-days, or the props
      forbidExemptions and maxExemptionDays of ImdsGuard). Without a cap "until next year" becomes for ever.
    `),
    fix: 'Require IMDSv2, or agree on an end date within the cap.',
    cdk: exemption('2026-08-15'),
    notExempt: NO_EXEMPTION,
    page: PAGE,
    options: '--max-exemption-days 90',
    day: DAY,
    failing: exempted({ until: '2027-06-01' }),
    passing: exempted({ until: '2026-08-15' }),
  },

  'exemption-overlap': {
    why: paragraph(`
      An exemption covers a construct with everything in it, so that two of them can meet at one resource. The nearest counts, with its reason and
      its end date. The other one looks as if it held, and is what people find when they search.
    `),
    fix: 'Keep one of them.',
    cdk: exemption('2026-09-30'),
    notExempt: NO_EXEMPTION,
    page: PAGE,
    day: DAY,
    failing: exempted({ until: '2026-09-30', overlaps: '[Shop/Payments]' }),
    passing: exempted({ until: '2026-09-30' }),
  },

  'exemption-unused': {
    why: paragraph(`
      Nothing below the exempted construct needs it: IMDSv2 is required there by now, or the exemption was meant for something else. Left where
      it is, it would cover the next weakening without a word.
    `),
    fix: 'Remove it, or put it on the construct that it is meant for.',
    cdk: exemption('2026-09-30'),
    notExempt: NO_EXEMPTION,
    page: PAGE,
    day: DAY,
    failing: exempted({ until: '2026-09-30', tokens: 'required' }),
    passing: exempted({ until: '2026-09-30' }),
  },
} as const satisfies { readonly [rule: string]: WrittenPage };

interface Exempted {
  readonly until: string;
  readonly overlaps?: string;
  readonly tokens?: string;
}

/** An instance with an exemption. */
function exempted({ until, overlaps, tokens = 'optional' }: Exempted): string {
  return dedented(`
    Resources:
      Legacy:
        Type: AWS::EC2::Instance
        Metadata:
          cdk-imds-guard:exemption:
            reason: the billing agent knows version 1 only, its successor is ordered
            owner: team-billing
            until: '${until}'
            allow: [imdsv1-allowed]
            scope: Shop/Payments/Legacy
            ${overlaps === undefined ? '' : `overlaps: ${overlaps}`}
        Properties:
          ImageId: ami-0123456789abcdef0
          MetadataOptions:
            HttpEndpoint: enabled
            HttpTokens: ${tokens}
            HttpPutResponseHopLimit: 1
  `).replace(/\n\n/, '\n');
}

function exemption(until: string): string {
  return dedented(`
    import { aws_ec2 as ec2 } from 'aws-cdk-lib';
    import { ImdsExemption } from 'cdk-imds-guard';

    const legacy = new ec2.CfnInstance(stack, 'Legacy', {
      imageId: 'ami-0123456789abcdef0',
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpTokens: 'optional',
        httpPutResponseHopLimit: 1,
      },
    });
    ImdsExemption.add(legacy, {
      reason: 'the billing agent knows version 1 only, its successor is ordered',
      owner: 'team-billing',
      until: '${until}',
      allow: ['imdsv1-allowed'],
    });
  `);
}
