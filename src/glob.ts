/** A test whether a text fits one of the patterns, in which `*` is anything; case doesn't count. */
export function globs(patterns: readonly string[]): (text: string) => boolean {
  const tests = patterns.map((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`, 'isu');
  });
  return (text) => tests.some((test) => test.test(text));
}
