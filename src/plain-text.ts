/** Whether all of the text is letters, digits, marks and spaces of ASCII, as nearly every text is: it needs no further check. */
export function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
