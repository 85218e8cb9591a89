/** What is new in a file. It is apart from the parser, whose types no program is to need. */

/** A new entry of a map. `text` is its value as YAML on one line; of two entries the one with the lower `rank` comes first. */
export type NewEntry = { readonly key: string; readonly text: string };

/** A new entry: a key with a value, or with entries and comments below it. */
export type Item = { readonly key: string; readonly value: string | readonly (NewEntry | Comment)[] };

export type Comment = { readonly comment: string };
