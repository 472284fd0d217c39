import { dedented, paragraph, USER_GUIDE, WrittenPage } from './rule-pages-parts';

/** Rules about the endpoint. */
export const ENDPOINT_PAGES = {
  'endpoint-needed': {
    why: paragraph(`
      A disabled endpoint is safe, but where it is disabled from the launch on, user data is not available and does not run, no SSH key arrives
      and no role has credentials. So cfn-init cannot read its configuration, a creation policy waits for a signal until the stack rolls back,
      and the SSM agent has no role to register with.
    `),
    fix: 'Enable the endpoint and require tokens, or do without what needs it.',
    cdk: dedented(`
      import { aws_ec2 as ec2 } from 'aws-cdk-lib';
      import { Imdsv2Instance } from 'cdk-imds-guard';

      const web = new Imdsv2Instance(stack, 'Web', {
        vpc,
        instanceType: new ec2.InstanceType('t3.micro'),
        machineImage: ec2.MachineImage.latestAmazonLinux2023(),
        httpEndpoint: true,
      });
      web.addUserData('dnf install -y nginx');
    `),
    page: `${USER_GUIDE}/configuring-IMDS-new-instances.html`,
    failing: dedented(`
      Resources:
        Web:
          Type: AWS::EC2::Instance
          Properties:
            ImageId: ami-0123456789abcdef0
            MetadataOptions:
              HttpEndpoint: disabled
            UserData:
              Fn::Base64: |
                #!/bin/bash
                dnf install -y nginx
    `),
    passing: dedented(`
      Resources:
        Web:
          Type: AWS::EC2::Instance
          Properties:
            ImageId: ami-0123456789abcdef0
            MetadataOptions:
              HttpEndpoint: enabled
              HttpTokens: required
              HttpPutResponseHopLimit: 1
            UserData:
              Fn::Base64: |
                #!/bin/bash
                dnf install -y nginx
    `),
  },
} as const satisfies { readonly [rule: string]: WrittenPage };
