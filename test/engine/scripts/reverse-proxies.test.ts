import { imdsCallsIn } from '../../../src/engine/scripts/imds-calls';
import { REVERSE_PROXIES } from '../../../src/engine/scripts/reverse-proxies';

const MD = 'http://169.254.169.254/latest/meta-data/';
const XFF = 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;';
const TOKEN = 'proxy_set_header X-aws-ec2-metadata-token $token;';

const found = (...lines: string[]): string[] => imdsCallsIn(lines.join('\n')).map(({ kind, line }) => `${line} ${kind}`);

const CASES: ReadonlyArray<[proxy: string, found: string[], lines: string[]]> = [
  ['nginx', ['2 imdsv1-call', '2 token-through-proxy'], ['cat > /etc/nginx/conf.d/md.conf <<"N"', `server { listen 8081; location /meta/ { proxy_pass ${MD}; proxy_set_header X-Forwarded-For $remote_addr; } }`, 'N']],
  ['nginx', ['2 imdsv1-call'], ['location /id {', `  proxy_pass ${MD}instance-id;`, '}']],
  ['nginx', [], ['location /id {', `  # proxy_pass ${MD}instance-id;`, '  return 404;', '}']],
  ['nginx', [], ['location /id {', `  proxy_pass ${MD}instance-id;`, `  ${TOKEN}`, '}']],
  ['nginx', [], ['server {', `  ${TOKEN}`, '  location /id {', `    proxy_pass ${MD}instance-id;`, '  }', '}']],
  ['nginx', [], ['location / {', '  proxy_pass http://169.254.169.254/;', '}']],
  ['nginx', [], ['location / {', '  proxy_pass http://169.254.169.254:80;', '}']],
  ['nginx', ['2 token-through-proxy'], ['server {', `  ${XFF}`, '  location / {', '    proxy_pass http://169.254.169.254;', '  }', '}']],
  ['nginx', [], ['server {', `  ${XFF}`, '  location / {', '    proxy_set_header X-Forwarded-For "";', '    proxy_pass http://169.254.169.254;', '  }', '}']],
  ['nginx', [], ['server {', '  location /a {', `    ${XFF}`, '    proxy_pass http://127.0.0.1:80;', '  }', '  location / {', '    proxy_pass http://169.254.169.254;', '  }', '}']],
  ['nginx', [], ['location / {', '  proxy_pass http://127.0.0.1:8080/latest/meta-data/;', `  ${XFF}`, '}']],
  ['nginx', [], ['location /t {', '  proxy_pass http://169.254.169.254/computeMetadata/v1/instance;', '  proxy_set_header Metadata-Flavor Google;', '}']],
  ['nginx', [], [`echo "proxy_pass ${MD};"`]],
  ['Apache', ['1 imdsv1-call', '1 token-through-proxy'], [`ProxyPass "/meta" "${MD}"`]],
  ['Apache', ['1 token-through-proxy'], ['ProxyPass / http://169.254.169.254/']],
  ['Apache', [], ['ProxyAddHeaders Off', 'ProxyPass / http://169.254.169.254/']],
  ['Apache', ['1 imdsv1-call', '1 token-through-proxy'], [`RewriteRule ^/id$ ${MD}instance-id [P,L]`]],
  ['Apache', [], ['ProxyPass / http://127.0.0.1:8080/']],
  ['Caddy', ['2 token-through-proxy'], [':8080 {', '  reverse_proxy /latest/* 169.254.169.254:80', '}']],
  ['Caddy', [], [':8080 {', '  reverse_proxy 169.254.169.254:80 {', '    header_up -X-Forwarded-For', '  }', '}']],
  ['HAProxy', ['3 token-through-proxy'], ['cat > /etc/haproxy/haproxy.cfg <<EOF', 'backend imds', '  option forwardfor', '  server imds 169.254.169.254:80', 'EOF']],
  ['HAProxy', [], ['cat > /etc/haproxy/haproxy.cfg <<EOF', 'backend imds', '  server imds 169.254.169.254:80', 'EOF']],
];

test.each(CASES.map(([proxy, expected, lines]) => ({ title: `${proxy}: ${lines.join(' / ')}`, expected, lines })))('$title', ({ expected, lines }) => {
  expect(found(...lines)).toEqual(expected);
});

test('each proxy of the table has a case that is found and one that is not', () => {
  const names = REVERSE_PROXIES.map(({ name }) => name);
  const covered = (cases: typeof CASES): string[] => [...new Set(cases.map(([proxy]) => proxy))];
  expect(covered(CASES.filter(([, expected]) => expected.length > 0))).toEqual(names);
  expect(covered(CASES.filter(([, expected]) => expected.length === 0))).toEqual(names);
});
