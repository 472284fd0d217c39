import { joinsEcsCluster, joinsEksCluster, needsEndpoint, startsContainers } from '../../../src/engine/judge/needs';
import { surfaceOf } from '../../../src/engine/surfaces/surfaces';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('containers in user data', () => {
  test.each<[unknown, boolean]>([
    [{ 'Fn::Base64': '#!/bin/bash\ndocker run nginx' }, true],
    [{ 'Fn::Base64': { 'Fn::Join': ['', ['podman run ', { Ref: 'Image' }]] } }, true],
    [{ 'Fn::Base64': { 'Fn::Sub': ['echo ECS_CLUSTER=${C} >> /etc/ecs/ecs.config', { C: { Ref: 'Cluster' } }] } }, true],
    [base64('#!/bin/bash\nnerdctl run nginx'), true],
    ['<powershell>Import-Module ECSTools\nInitialize-ECSAgent -Cluster main</powershell>', true],
    ['[settings.ecs]\ncluster = "main"', true],
    [base64('#!/bin/bash\nyum install httpd'), false],
    ['echo dockerfile', false],
    [base64('#!/bin/bash\n# no docker on this host, and no ECS_CLUSTER\ndnf remove -y docker || true'), false],
    ['docker run --network=host nginx', false],
    [undefined, false],
  ])('%j starts containers: %s', (userData, expected) => expect(startsContainers(userData)).toBe(expected));

  test.each<[unknown, boolean]>([
    ['<powershell>Import-Module ECSTools\nInitialize-ECSAgent -Cluster \'main\' -EnableTaskIAMRole</powershell>', true],
    ['\n[settings.ecs]\ncluster = "main"', true], ['settings.ecs.cluster = "main"', true], ['[settings.kubernetes]\ncluster-name = "main"', false],
    ['echo ECS_CLUSTER=main', true], [base64('echo ECS_CLUSTER=main >> /etc/ecs/ecs.config'), true], ['docker run nginx', false],
  ])('%j joins an ECS cluster: %s', (userData, expected) => expect(joinsEcsCluster(userData)).toBe(expected));

  test.each<[unknown, boolean]>([
    [{ 'Fn::Base64': { 'Fn::Join': ['', ['#!/bin/bash\nset -o xtrace\n/etc/eks/bootstrap.sh ', { Ref: 'Cluster' }]] } }, true],
    [base64('MIME-Version: 1.0\n--//\nContent-Type: application/node.eks.aws\n\napiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig'), true],
    ['[settings.kubernetes]\ncluster-name = "main"', true],
    ['<powershell>[string]$EKSBootstrapScriptFile = "$env:ProgramFiles\\Amazon\\EKS\\Start-EKSBootstrap.ps1"</powershell>', true],
    ['[settings.ecs]\ncluster = "main"', false],
    ['aws eks update-kubeconfig --name main', false],
    ['# unlike /etc/eks/bootstrap.sh', false],
  ])('%j joins an EKS cluster: %s', (userData, expected) => expect(joinsEksCluster(userData)).toBe(expected));
});

describe('the endpoint is needed', () => {
  const instance = surfaceOf('AWS::EC2::Instance')!;

  test.each<[string, object]>([
    ['CloudFormation::Init', { Metadata: { 'AWS::CloudFormation::Init': {} } }],
    ['its creation policy, which waits for a signal', { CreationPolicy: { ResourceSignal: {} } }],
    ['its user data', { Properties: { UserData: { 'Fn::Base64': 'x' } } }],
    ['its user data', { Properties: { UserData: { 'Fn::If': ['C', { Ref: 'AWS::NoValue' }, 'x'] } } }],
    ['its instance profile, which SSM and applications take their role from', { Properties: { IamInstanceProfile: { Ref: 'P' } } }],
  ])('for %s', (reason, resource) => expect(needsEndpoint(instance, resource as never)).toBe(reason));

  test.each<[object]>([
    [{}], [{ Properties: { UserData: '' } }], [{ Properties: { UserData: {}, IamInstanceProfile: { Ref: 'AWS::NoValue' } } }], [{ Metadata: {}, CreationPolicy: null }],
  ])('by nothing in %j', resource => expect(needsEndpoint(instance, resource as never)).toBeUndefined());

  test('below LaunchTemplateData in a launch template', () => {
    expect(needsEndpoint(surfaceOf('AWS::EC2::LaunchTemplate')!, { Properties: { LaunchTemplateData: { UserData: 'eA==' } } })).toBe('its user data');
  });

  test('never where the type has neither user data nor a profile', () => {
    expect(needsEndpoint(surfaceOf('AWS::EMR::SecurityConfiguration')!, { Properties: { UserData: 'x' } })).toBeUndefined();
  });
});
