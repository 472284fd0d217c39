import { dedented, paragraph, USER_GUIDE, WrittenPage } from './rule-pages-parts';

/** Rules about the hop limit. */
export const HOP_LIMIT_PAGES = {
  'hop-limit-not-set': {
    why: paragraph(`
      Tokens and the hop limit are resolved apart: who requires tokens has said nothing about hops. Left out, the account's default for the
      Region decides; without one it is 2 for an image that is marked for version 2 (ImdsSupport), else 1. So the same template lets containers
      on a bridge network reach the host's role in one account and starves them in the next.
    `),
    refused: 'Nothing refuses it as such: the account\'s enforcement is about tokens alone, and the usual service control policy denies limits above its maximum.',
    fix: 'Write the limit: 1, or 2 where containers on a bridge network need IMDS. It is an update in place on an instance and on a launch template.',
    cdk: dedented(`
      import { aws_ec2 as ec2 } from 'aws-cdk-lib';
      import { RequireImdsv2 } from 'cdk-imds-guard';

      const web = new ec2.CfnInstance(stack, 'Web', { imageId: 'ami-0123456789abcdef0' });
      web.with(new RequireImdsv2()); // 1, or 2 on container hosts
      // or new RequireImdsv2({ httpPutResponseHopLimit: 2 })
    `),
    page: `${USER_GUIDE}/configuring-instance-metadata-options.html`,
    failing: dedented(`
      Resources:
        Web:
          Type: AWS::EC2::Instance
          Properties:
            ImageId: ami-0123456789abcdef0
            MetadataOptions:
              HttpEndpoint: enabled
              HttpTokens: required
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
    `),
  },

  'hop-limit-too-high': {
    why: paragraph(`
      Every hop above what is needed lets one more network layer, such as containers within containers or a host that routes for others, fetch a token and
      with it the credentials of the host's role. The maximum is the one that you gave: --max-hop-limit, or maxHttpPutResponseHopLimit of
      ImdsGuard. EC2 itself takes up to 64.
    `),
    refused: paragraph(`
      The usual service control policy denies ec2:RunInstances when ec2:MetadataHttpPutResponseHopLimit is above its own maximum. The account's
      enforcement (HttpTokensEnforced) does not look at hops.
    `),
    fix: 'Lower the limit. With maxHttpPutResponseHopLimit, ImdsGuard lowers literals to the maximum and tells which.',
    cdk: dedented(`
      import { aws_ec2 as ec2 } from 'aws-cdk-lib';
      import { RequireImdsv2 } from 'cdk-imds-guard';

      const hosts = new ec2.LaunchTemplate(stack, 'Hosts', { httpPutResponseHopLimit: 5 });
      hosts.with(new RequireImdsv2({ maxHttpPutResponseHopLimit: 2 })); // writes 2
    `),
    page: `${USER_GUIDE}/configuring-IMDS-new-instances.html`,
    options: '--max-hop-limit 2',
    failing: dedented(`
      Resources:
        Hosts:
          Type: AWS::EC2::LaunchTemplate
          Properties:
            LaunchTemplateData:
              MetadataOptions:
                HttpEndpoint: enabled
                HttpTokens: required
                HttpPutResponseHopLimit: 5
    `),
    passing: dedented(`
      Resources:
        Hosts:
          Type: AWS::EC2::LaunchTemplate
          Properties:
            LaunchTemplateData:
              MetadataOptions:
                HttpEndpoint: enabled
                HttpTokens: required
                HttpPutResponseHopLimit: 2
    `),
  },

  'hop-limit-too-low': {
    why: paragraph(`
      The response to a token request from a container on a bridge network crosses two hops; at limit 1 it never arrives. Version 2 clients get
      no answer, and some SDKs wait and retry first. It is seen on ECS and Batch container instances, on Image Builder hosts that build
      containers and where user data starts containers. Containers on the host network are not affected, and ECS task roles do not come from
      IMDS. On EKS, limit 1 is what AWS advises: pods get roles from Pod Identity or IRSA.
    `),
    fix: 'Set 2 where containers need IMDS. Where none does, or all are on the host network, keep 1.',
    cdk: dedented(`
      import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

      new Imdsv2LaunchTemplate(stack, 'ContainerHosts', { httpPutResponseHopLimit: 2 });
    `),
    page: `${USER_GUIDE}/instancedata-data-retrieval.html#imds-considerations`,
    failing: dedented(`
      Resources:
        ContainerHost:
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
                echo ECS_CLUSTER=web >> /etc/ecs/ecs.config
    `),
    passing: dedented(`
      Resources:
        ContainerHost:
          Type: AWS::EC2::Instance
          Properties:
            ImageId: ami-0123456789abcdef0
            MetadataOptions:
              HttpEndpoint: enabled
              HttpTokens: required
              HttpPutResponseHopLimit: 2
            UserData:
              Fn::Base64: |
                #!/bin/bash
                echo ECS_CLUSTER=web >> /etc/ecs/ecs.config
    `),
  },
} as const satisfies { readonly [rule: string]: WrittenPage };
