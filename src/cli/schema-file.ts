/** Where the schema of that document is. */
export function schemaFile(document: string): URL {
  return new URL(`../../schemas/${document}.schema.json`, import.meta.url);
}
