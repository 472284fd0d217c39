/** 169.254.169.254 as one number. */
const IMDS = 0xa9fea9fe;

/** Whole scripts without any of these hold nothing for us. */
const TRACE = /169\.|0xa9|a9fe|fd00:|instance-data|2852039166|0251|025177524776|aws-ec2-metadata-token/i;

/** Numbers that `inet_aton` takes for an IPv4 address: one to four parts, decimal, octal or hexadecimal. */
const IPV4 = /(?<![\w.])(?:0x[\da-f]{1,8}|\d{1,12})(?:\.(?:0x[\da-f]{1,8}|\d{1,12})){0,3}(?!\w)(?!\.\w)/gi;

const IPV6 = /(?<![\w:])(?:fd00:0?ec2:(?::|(?:0{1,4}:){1,5})0?254|(?:::|(?:0{1,4}:){5})ffff:a9fe:a9fe)(?![\w:])/i;

const NAME = /(?<![\w.-])instance-data(\.(?:ec2|[a-z0-9-]{1,30}\.compute)\.internal)?(?![\w.-])/gi;

/** Other clouds answer at the same address, to other paths and headers. */
const OTHER_CLOUD = /metadata-flavor|(?<![\w-])metadata["']{0,2}\s{0,3}(?::|=>|=|,)\s{0,3}["']{0,2}\$?true|computeMetadata|\/metadata\/(?:instance|identity|attested|loadbalancer|scheduledevents|v1)|\/opc\/v\d|\/openstack\//i;

/** Names that tell clients which hosts to reach without a proxy: an address there is no target. */
const NO_PROXY = /(?:no_proxy["'\]]{0,2}\s{0,2}[=:]|--noproxy[\s=])\s{0,2}(?:"[^"]{0,2000}"|'[^']{0,2000}'|[^\s;]{1,2000})/gi;

export function isOtherCloud(text: string): boolean {
  return OTHER_CLOUD.test(text);
}

export function mayConcernImds(script: string): boolean {
  return TRACE.test(script);
}

/** Whether a text has the address of IMDS in it, in any form, as what is reached: not in a query, a range or a list of exceptions. */
export function mentionsImds(text: string): boolean {
  if (!TRACE.test(text)) { return false; }
  const seen = /no_?proxy/i.test(text) ? text.replace(NO_PROXY, ' ') : text;
  return !isOtherCloud(seen) && (IPV6.test(seen) || [...seen.matchAll(NAME)].some(match => match[1] || isHost(match[0], seen, match.index))
    || [...seen.matchAll(IPV4)].some(match => isImds(match[0], seen, match.index)));
}

function isImds(address: string, text: string, at: number): boolean {
  if (numberOf(address) !== IMDS) { return false; }
  const before = text.slice(Math.max(0, at - 80), at);
  const after = text.slice(at + address.length, at + address.length + 8);
  if (before.endsWith('/dev/tcp/')) { return true; }
  const isQuad = /^(?:\d+\.){3}\d+$/.test(address);
  return !/[?&][\w-]{0,40}=(?:https?:\/\/)?$/i.test(before) // a query of some other address
    && !/[^/]\/$/.test(before) // a path
    && !/^\/\d{1,2}(?![\d.])/.test(after) // a range of addresses
    && !/^:(?!80(?!\d))\d/.test(after) // another service: IMDS has no other port
    && (isQuad || before.endsWith('//') || /^(?:\/|:80)/.test(after));
}

/** A name without its domain may be that of a file. */
function isHost(name: string, text: string, at: number): boolean {
  return text.startsWith('//', at - 2) || (text[at - 1] !== '/' && /^\/(?:latest|\d{4})/.test(text.slice(at + name.length, at + name.length + 8)));
}

/** As `inet_aton` reads it: the last part fills what is left of the four bytes. */
function numberOf(address: string): number | undefined {
  const parts = address.split('.').map(part => part.startsWith('0x') || part.startsWith('0X') ? parseInt(part, 16) : parseInt(part, /^0\d/.test(part) ? 8 : 10));
  const last = parts[parts.length - 1];
  const isAddress = parts.slice(0, -1).every(part => part < 256) && last < 256 ** (5 - parts.length);
  return isAddress ? parts.slice(0, -1).reduce((sum, part, i) => sum + part * 256 ** (3 - i), 0) + last : undefined;
}
