/** Which proxy leads to Introw, by the variables that curl, git and Node obey: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in either case. */
import { BlockList, isIP } from 'node:net';
import { failure } from '../problem.ts';
import { isLoopback } from './address.ts';

export type ProxyServer = {
  /** With its user and password: for connecting alone. */
  readonly url: URL;
  /** Without them: for people. */
  readonly shown: string;
  /** The variable that names it. */
  readonly from: string;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy for an address; null to go there directly. The key goes to this machine without a detour. */
export function proxyFor(address: URL, env: Environment): ProxyServer | null {
  if (isLoopback(address.hostname)) return null;
  const name = address.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const from = [name.toLowerCase(), name].find((each) => (env[each] ?? '').trim() !== '');
  if (from === undefined || isExcepted(address, env.no_proxy || env.NO_PROXY || '')) return null;
  return parseProxy((env[from] ?? '').trim(), from);
}

function parseProxy(text: string, from: string): ProxyServer {
  const spelled = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(spelled) ? new URL(spelled) : null;
  // The value may hold a password: it isn't repeated.
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '')
    throw failure('USAGE', `${from} doesn't hold the address of an http proxy.`, {
      hint: `Set it to http://host:port or http://user:password@host:port, or unset ${from}.`,
    });
  return { url, shown: `${url.protocol}//${url.host}`, from };
}

/** Entries are hosts, which cover their subdomains too, with or without a port; networks such as 10.0.0.0/8; or *. */
function isExcepted(address: URL, list: string): boolean {
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => covers(entry.toLowerCase(), address));
}

function covers(entry: string, { hostname, port, protocol }: URL): boolean {
  if (entry === '*') return true;
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const [, network = '', prefix] = /^(.*)\/(\d{1,3})$/.exec(entry) ?? [];
  if (prefix !== undefined) return isWithin(host, network, Number(prefix));
  const [, name = '', entryPort] = /^(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
  const actual = port || (protocol === 'https:' ? '443' : '80');
  if (entryPort !== undefined && isIP(entry) === 0 && entryPort !== actual) return false;
  const bare = (isIP(entry) === 0 ? name : entry)
    .replace(/^\[|\]$/g, '')
    .replace(/^\*?\./, '')
    .replace(/\.$/, '');
  return bare !== '' && (host === bare || (isIP(host) === 0 && host.endsWith(`.${bare}`)));
}

function isWithin(host: string, network: string, prefix: number): boolean {
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(network) === 0 || isIP(host) !== isIP(network) || prefix > (family === 'ipv6' ? 128 : 32))
    return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return list.check(host, family);
}
