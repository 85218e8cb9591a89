/** Runs of four words that two sentences share: what a message has said, its hint need not say again. */
export function repeated(one: string, other: string): string[] {
  const runs = (text: string) => {
    const words = text.toLowerCase().match(/[\p{L}\p{N}'-]+/gu) ?? [];
    return words.slice(3).map((_, index) => words.slice(index, index + 4).join(' '));
  };
  const said = new Set(runs(one));
  return runs(other).filter((run) => said.has(run));
}
