import { startsContainersIn } from '../../../src/engine/scripts/containers';

const script = (...lines: string[]): string => ['#!/bin/bash', ...lines].join('\n');

describe('containers that a script starts', () => {
  test.each<[string, string]>([
    ['docker', script('docker run -d nginx')],
    ['one that is there already', script('docker start web')],
    ['podman, as another user', script('sudo -u app podman run nginx')],
    ['nerdctl', script('nerdctl run nginx')],
    ['compose as a plug-in', script('cd /srv && docker compose -f compose.yaml --profile web up -d')],
    ['compose of its own', script('/usr/local/bin/docker-compose up -d')],
    ['a stack of a swarm', script('docker stack deploy -c stack.yaml web')],
    ['a service of a swarm', script('docker service create nginx')],
    ['a swarm that it joins', script('docker swarm join --token t 10.0.0.1:2377')],
    ['pods of a file', script('podman kube play web.yaml')],
    ['options before the verb', script('docker --config /root/.docker -H unix:///run/d.sock container run nginx')],
    ['a function', script('start() {', '  docker run "$1"', '}', 'start nginx')],
    ['a variable for the tool', script('DOCKER=/usr/bin/docker', '$DOCKER run nginx')],
    ['a command on several lines', script('docker \\', '  run \\', '  nginx')],
    ['a condition', script('if ! docker run nginx; then exit 1; fi')],
    ['a unit of systemd', script('cat <<EOF > /etc/systemd/system/web.service', '[Service]', 'ExecStart=-/usr/bin/docker run --name web nginx', 'EOF')],
    ['a string that a shell runs', script('su - app -c "docker pull nginx; docker run nginx"')],
    ['a line that is written into a script', script('echo "docker run nginx" >> /usr/local/bin/start.sh')],
    ['cloud-config, as a text', '#cloud-config\nruncmd:\n  - docker run nginx'],
    ['cloud-config, as a list', '#cloud-config\nruncmd:\n  - [docker, run, nginx]'],
    ['Python', '#!/usr/bin/python3\nsubprocess.run(["docker", "run", "nginx"])'],
    ['PowerShell', '<powershell>\ndocker.exe run nginx\n</powershell>'],
    ['after the service was started', script('service docker start', 'docker run nginx')],
    ['a network that a variable names', script('docker run --network "$NET" nginx')],
    ['one on the host network, one not', script('docker run --network=host a', 'docker run b')],
    ['compose with one service not on the host network', script('cat > c.yaml <<E', 'services:', ' a:', '  image: a', '  network_mode: host', ' b:', '  image: b', 'E', 'docker compose up')],
    ['compose with the host network in a comment', script('cat > c.yaml <<E', 'services:', ' a:', '  image: a', '#  network_mode: host', 'E', 'docker compose up')],
  ])('%s', (_, text) => expect(startsContainersIn(text)).toBe(true));
});

describe('no containers that need another hop', () => {
  test.each<[string, string]>([
    ['a comment', script('# no docker run on this host')],
    ['a comment behind a command', script('yum install nginx # instead of docker run nginx')],
    ['packages', script('dnf remove -y docker || true', 'apt-get install -y docker.io docker-compose podman')],
    ['a unit that is switched off', script('systemctl disable --now docker')],
    ['the daemon alone', script('service docker start', '/etc/init.d/docker restart now', 'usermod -aG docker ec2-user')],
    ['images and clean-up', script('docker pull nginx', 'docker build -t run .', 'docker rm web', 'docker network create up', 'docker system prune')],
    ['text for people', script('echo "log in and docker run nginx"', 'logger "docker run failed"')],
    ['a document', script('cat <<EOF > /etc/motd', 'docker run nginx', 'EOF')],
    ['another word', script('dockerize run nginx', 'my-docker run x', './docker.sh run x')],
    ['the host network', script('docker run --network=host nginx')],
    ['the host network, apart', script('docker run -d --net host nginx')],
    ['the host network, as a list', '#cloud-config\nruncmd:\n  - ["docker", "run", "--network", "host", "nginx"]'],
    ['no network', script('docker run --network none nginx')],
    ['compose on the host network', script('cat > c.yaml <<E', 'services:', ' a:', '  image: a', '  network_mode: "host"', 'E', 'docker compose up -d')],
    ['nothing', ''],
  ])('%s', (_, text) => expect(startsContainersIn(text)).toBe(false));
});
