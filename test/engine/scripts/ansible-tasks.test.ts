import { imdsCallsIn } from '../../../src/engine/scripts/imds-calls';

const MD = 'http://169.254.169.254/latest/meta-data';
const TOKEN = 'http://169.254.169.254/latest/api/token';

const calls = (...lines: string[]): number[] => imdsCallsIn(lines.join('\n')).filter(({ kind }) => kind === 'imdsv1-call').map(({ line }) => line);

test.each<[found: number[], lines: string[]]>([
  [[3], ['- name: id', '  uri:', `    url: ${MD}/instance-id`, '    return_content: yes', '  register: id']],
  [[], ['- name: id', '  uri:', `    url: ${MD}/instance-id`, '    headers:', '      X-aws-ec2-metadata-token: "{{ token.content }}"', '  register: id']],
  [[4], ['cat > play.yml <<EOF', '- name: id', '  ansible.builtin.uri:', `    url: "${MD}/instance-id"`, 'EOF']],
  [[], ['- name: token', '  uri:', `    url: ${TOKEN}`, '    method: PUT', '    headers:', '      X-aws-ec2-metadata-token-ttl-seconds: 60']],
  [[1], [`- uri: url=${MD}/instance-id return_content=yes`]],
  [[], ['- uri: url=http://example.com/latest return_content=yes']],
  [[3], ['- name: id', '  get_url:', `    url: ${MD}/instance-id`, '    dest: /tmp/id']],
  [[4], ['vars:', `  imds: ${MD}`, 'tasks:', '  - uri: { url: "{{ imds }}/instance-id" }']],
  [[], ['vars:', '  imds: http://example.com', 'tasks:', '  - uri: { url: "{{ imds }}/instance-id" }']],
  [[], ['- name: id', '  uri:', `    # url: ${MD}/instance-id`, '    url: http://example.com/']],
  [[], ['- uri:', '    url: http://example.com/', '- debug:', `    msg: "see ${MD}"`]],
  [[], ['headers: { X-aws-ec2-metadata-token: "{{ t }}" }', '- uri:', `    url: ${MD}/instance-id`, '    headers: "{{ headers }}"']],
  [[1], [`- debug: msg="{{ lookup('url', '${MD}/instance-id') }}"`]],
  [[], [`- debug: msg="{{ lookup('url', '${MD}/instance-id', headers={'X-aws-ec2-metadata-token': t}) }}"`]],
  [[1], [`ansible localhost -m uri -a "url=${MD}/instance-id return_content=yes"`]],
  [[], [`ansible localhost -m debug -a "msg=${MD}/instance-id"`]],
])('finds %j', (found, lines) => {
  expect(calls(...lines)).toEqual(found);
});
