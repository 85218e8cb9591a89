// How wide plain ASCII is on a terminal, in place of a package that knows all of Unicode.
import { stripVTControlCharacters } from 'node:util';

export default (text) => stripVTControlCharacters(text).length;
