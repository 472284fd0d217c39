/** A server that hands requests on to an address of its configuration. */
export interface ReverseProxy {
  readonly name: string;

  /** How it names what it hands requests on to: the group is the target. */
  readonly target: RegExp;

  /** How it is told to send the header X-Forwarded-For, and how it is told not to. */
  readonly forwards: RegExp;
  readonly forwardsNot: RegExp;

  /** It sends X-Forwarded-For unless it is told otherwise. */
  readonly byDefault: boolean;

  /** How it is told not to. */
  readonly fix: string;
  readonly page: string;
}

const HEADER = '["\']?X-Forwarded-For["\']?';

export const REVERSE_PROXIES: readonly ReverseProxy[] = [
  {
    name: 'nginx',
    target: /^\s{0,200}proxy_pass\s{1,20}["']?(\S+)/,
    forwards: new RegExp(`^\\s{0,200}proxy_set_header\\s{1,20}${HEADER}\\s`, 'i'),
    forwardsNot: new RegExp(`^\\s{0,200}proxy_set_header\\s{1,20}${HEADER}\\s{1,20}(?:""|'')`, 'i'),
    byDefault: false,
    fix: 'proxy_set_header X-Forwarded-For "";',
    page: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header',
  },
  {
    name: 'Apache',
    target: /^\s{0,200}(?:ProxyPass(?:Match)?\s{1,20}(?:\S{1,200}\s{1,20})?["']?(http:\S+)|RewriteRule\s{1,20}\S{1,200}\s{1,20}["']?(http:\S{1,400})\s{1,20}\[[^\]]{0,40}\bP\b)/i,
    forwards: /^\s{0,200}ProxyAddHeaders\s{1,20}On\b/i,
    forwardsNot: /^\s{0,200}ProxyAddHeaders\s{1,20}Off\b/i,
    byDefault: true,
    fix: 'ProxyAddHeaders Off',
    page: 'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxyaddheaders',
  },
  {
    name: 'Caddy',
    target: /^\s{0,200}reverse_proxy\s{1,20}(?:[/@*]\S{0,200}\s{1,20})?(\S+)/,
    forwards: new RegExp(`^\\s{0,200}header_up\\s{1,20}${HEADER}`, 'i'),
    forwardsNot: /^\s{0,200}header_up\s{1,20}["']?-X-Forwarded-(?:For|\*)/i,
    byDefault: true,
    fix: 'header_up -X-Forwarded-For',
    page: 'https://caddyserver.com/docs/caddyfile/directives/reverse_proxy#defaults',
  },
  {
    name: 'HAProxy',
    target: /^\s{0,200}server\s{1,20}[\w.-]{1,80}\s{1,20}([\d[][\da-f.:[\]]{6,60})(?=\s|$)/,
    forwards: /^\s{0,200}option\s{1,20}forwardfor\b/,
    forwardsNot: /^\s{0,200}no\s{1,4}option\s{1,20}forwardfor\b/,
    byDefault: false,
    fix: 'no option forwardfor',
    page: 'https://docs.haproxy.org/3.0/configuration.html#4-option%20forwardfor',
  },
];
