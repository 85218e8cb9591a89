import { failure } from '../problem.ts';

/**
 * Checks --api-url, or what `from` names in its place, before anything is sent: the key goes over https, or over http to
 * this machine.
 */
export function checkAddress(text: string, insecureHttp: boolean, from = '--api-url'): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === null || !isHttp)
    throw failure(
      'USAGE',
      `${from} takes an address such as https://api.introw.io, not ${JSON.stringify(withoutUser(text))}.`,
    );
  if (url.username !== '' || url.password !== '') {
    throw failure('USAGE', `The address of Introw (${url.host}) must not hold a user or a password.`, {
      hint: 'The key goes into INTROW_API_KEY.',
    });
  }
  // A key given so would be in every log on the way; and no other part of it would be sent either.
  if (url.search !== '' || url.hash !== '') {
    throw failure('USAGE', `The address of Introw (${url.host}) must not hold a ? or a #.`, {
      hint: 'Leave out what follows; the key goes into INTROW_API_KEY.',
    });
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && !insecureHttp) {
    throw failure('INSECURE_URL', `${url.origin} would carry the key unencrypted.`);
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  const [ending] = /\/api\/v\d+(\/partners)?$/.exec(url.pathname) ?? [];
  if (ending !== undefined)
    throw failure('USAGE', `${from} ends in ${ending}, which introwctl adds itself.`, {
      hint: `Leave it out: ${url.href.slice(0, -ending.length)}`,
    });
  return url;
}

/** Whatever comes before an @ may be a password, also in what is no address. */
function withoutUser(text: string): string {
  return text.replace(/^([a-z+.-]*:?\/*).*@/is, '$1…@');
}

/** Whether a host is this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
