import { dedented, paragraph, USER_GUIDE, WrittenPage } from './rule-pages-parts';

const PAGE = `${USER_GUIDE}/configuring-instance-metadata-service.html`;

/** Rules about scripts that call IMDS. */
export const SCRIPT_PAGES = {
  'imdsv1-call': {
    why: paragraph(`
      Once version 2 is required, a call without a token is answered with 401. Without -f, curl takes the text of that answer for the value and
      the script goes on with it: a host name, a Region or a volume id that is an error page. Such calls are what keeps teams
      from switching, so they are told before the switch.
    `),
    fix: paragraph(`
      Ask for a token first and send it along. For calls that are not in the template, look at the CloudWatch metric MetadataNoToken: it counts
      calls without a token and is 0 when all have switched.
    `),
    cdk: dedented(`
      import { aws_ec2 as ec2 } from 'aws-cdk-lib';
      import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

      const userData = ec2.UserData.forLinux();
      userData.addCommands(
        'TOKEN=$(curl -fsS -X PUT http://169.254.169.254/latest/api/token'
        + ' -H "X-aws-ec2-metadata-token-ttl-seconds: 300")',
        'ID=$(curl -fsS -H "X-aws-ec2-metadata-token: $TOKEN"'
        + ' http://169.254.169.254/latest/meta-data/instance-id)',
      );
      new Imdsv2LaunchTemplate(stack, 'Hosts', { userData });
    `),
    page: PAGE,
    failing: template(`
      ID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)
    `),
    passing: template(`
      TOKEN=$(curl -fsS -X PUT http://169.254.169.254/latest/api/token \\
        -H "X-aws-ec2-metadata-token-ttl-seconds: 300")
      ID=$(curl -fsS -H "X-aws-ec2-metadata-token: $TOKEN" \\
        http://169.254.169.254/latest/meta-data/instance-id)
    `),
  },

  'token-lifetime': {
    why: paragraph(`
      A token lives from 1 to 21600 seconds (six hours). IMDS refuses a request for a longer one, a script without -f carries the error text on
      as if it were the token, and every call after that is refused as well where version 2 is required.
    `),
    fix: 'Ask for at most 21600 seconds, and for a new token when the old one has ended.',
    cdk: dedented(`
      import { aws_ec2 as ec2 } from 'aws-cdk-lib';
      import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

      const userData = ec2.UserData.forLinux();
      userData.addCommands(
        'TOKEN=$(curl -fsS -X PUT http://169.254.169.254/latest/api/token'
        + ' -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")',
      );
      new Imdsv2LaunchTemplate(stack, 'Hosts', { userData });
    `),
    page: PAGE,
    failing: template(`
      TOKEN=$(curl -fsS -X PUT http://169.254.169.254/latest/api/token \\
        -H "X-aws-ec2-metadata-token-ttl-seconds: 86400")
    `),
    passing: template(`
      TOKEN=$(curl -fsS -X PUT http://169.254.169.254/latest/api/token \\
        -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")
    `),
  },

  'token-through-proxy': {
    why: paragraph(`
      IMDS refuses a request for a token that carries an X-Forwarded-For header: so a proxy cannot be used to fetch tokens, and neither can a
      script of yours that goes through one. Without the proxy the address is always near: it is link-local.
    `),
    fix: 'Take IMDS out of the proxy: NO_PROXY=169.254.169.254 (and [fd00:ec2::254] where IPv6 is used), or --noproxy of curl.',
    cdk: dedented(`
      import { aws_ec2 as ec2 } from 'aws-cdk-lib';
      import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

      const userData = ec2.UserData.forLinux();
      userData.addCommands(
        'export http_proxy=http://proxy.example.com:3128 no_proxy=169.254.169.254',
        'TOKEN=$(curl -fsS -X PUT http://169.254.169.254/latest/api/token'
        + ' -H "X-aws-ec2-metadata-token-ttl-seconds: 300")',
      );
      new Imdsv2LaunchTemplate(stack, 'Hosts', { userData });
    `),
    page: PAGE,
    failing: template(`
      TOKEN=$(curl -fsS -x http://proxy.example.com:3128 -X PUT \\
        http://169.254.169.254/latest/api/token \\
        -H "X-aws-ec2-metadata-token-ttl-seconds: 300")
    `),
    passing: template(`
      TOKEN=$(curl -fsS --noproxy '*' -X PUT \\
        http://169.254.169.254/latest/api/token \\
        -H "X-aws-ec2-metadata-token-ttl-seconds: 300")
    `),
  },
} as const satisfies { readonly [rule: string]: WrittenPage };

/** A launch template whose user data has these commands. */
function template(commands: string): string {
  const head = dedented(`
    Resources:
      Hosts:
        Type: AWS::EC2::LaunchTemplate
        Properties:
          LaunchTemplateData:
            MetadataOptions:
              HttpEndpoint: enabled
              HttpTokens: required
              HttpPutResponseHopLimit: 1
            UserData:
              Fn::Base64: |
                #!/bin/bash
  `);
  return [head, ...dedented(commands).split('\n').map(line => `            ${line}`)].join('\n');
}
