import { CDK_GUIDE, dedented, paragraph, WrittenPage } from './rule-pages-parts';

const PAGE = `${CDK_GUIDE}/policy-validation-synthesis.html`;
const NO_EXEMPTION = 'There is no exemption from the rules about acknowledgements.';

/** Rules about the acknowledgements of CDK, which are written into the metadata of a resource so that a template alone tells them. */
export const ACKNOWLEDGEMENT_PAGES = {
  'acknowledgement-not-allowed': {
    why: paragraph(`
      CDK's acknowledgements have neither an owner nor an end date. Where your organization forbids them (--forbid-acknowledgements, or the prop
      forbidAcknowledgements of ImdsGuard), they cover nothing, and a dated exemption has to take their place.
    `),
    fix: 'Require IMDSv2, or add an ImdsExemption with a reason, an owner and an end date.',
    cdk: dedented(`
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
        until: '2026-09-30',
        allow: ['imdsv1-allowed'],
      });
    `),
    notExempt: NO_EXEMPTION,
    page: PAGE,
    options: '--forbid-acknowledgements',
    day: '2026-06-01',
    failing: acknowledged('imdsv1-allowed', 'the billing agent knows version 1 only'),
    passing: dedented(`
      Resources:
        Legacy:
          Type: AWS::EC2::Instance
          Metadata:
            cdk-imds-guard:exemption:
              reason: the billing agent knows version 1 only, its successor is ordered
              owner: team-billing
              until: '2026-09-30'
              allow: [imdsv1-allowed]
              scope: Shop/Payments/Legacy
          Properties:
            ImageId: ami-0123456789abcdef0
            MetadataOptions:
              HttpEndpoint: enabled
              HttpTokens: optional
              HttpPutResponseHopLimit: 1
    `),
  },

  'acknowledgement-unknown-rule': {
    why: paragraph(`
      CDK takes any id and says nothing when none matches: the acknowledgement has no effect, and whoever reads the code believes that it has. The
      id is the plugin's name, two colons and the rule.
    `),
    fix: 'Correct the id: cdk-imds-guard:: and a rule of "imds-guard explain"; ImdsChecks:: is understood as well.',
    cdk: acknowledgement(),
    notExempt: NO_EXEMPTION,
    page: PAGE,
    failing: acknowledged('imdsv1-alowed', 'the billing agent knows version 1 only'),
    passing: acknowledged('imdsv1-allowed', 'the billing agent knows version 1 only'),
  },

  'acknowledgement-without-reason': {
    why: 'CDK takes an empty reason. Who looks at it in a year learns nothing from it, so it is not accepted and covers nothing.',
    fix: 'Say why, in words that the next reader understands.',
    cdk: acknowledgement(),
    notExempt: NO_EXEMPTION,
    page: PAGE,
    failing: acknowledged('imdsv1-allowed', "''"),
    passing: acknowledged('imdsv1-allowed', 'the billing agent knows version 1 only'),
  },
} as const satisfies { readonly [rule: string]: WrittenPage };

/** An instance whose finding is acknowledged so. */
function acknowledged(rule: string, reason: string): string {
  return dedented(`
    Resources:
      Legacy:
        Type: AWS::EC2::Instance
        Metadata:
          cdk-imds-guard:acknowledgements:
            - id: cdk-imds-guard::${rule}
              reason: ${reason}
              scope: Shop/Payments/Legacy
        Properties:
          ImageId: ami-0123456789abcdef0
          MetadataOptions:
            HttpEndpoint: enabled
            HttpTokens: optional
            HttpPutResponseHopLimit: 1
  `);
}

function acknowledgement(): string {
  return dedented(`
    import { aws_ec2 as ec2, Validations } from 'aws-cdk-lib';

    const legacy = new ec2.CfnInstance(stack, 'Legacy', {
      imageId: 'ami-0123456789abcdef0',
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpTokens: 'optional',
        httpPutResponseHopLimit: 1,
      },
    });
    Validations.of(legacy).acknowledge({
      id: 'cdk-imds-guard::imdsv1-allowed',
      reason: 'the billing agent knows version 1 only',
    });
  `);
}
