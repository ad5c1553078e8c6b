/** The emptiest value that a schema allows: null where it may be, every required field where it must be. */
export function templateOf(schema, definitions) {
  if (schema.$ref) return templateOf(definitions[schema.$ref.split('/').pop()], definitions);
  if (schema.anyOf) {
    if (schema.anyOf.some(({ type }) => type === 'null')) return null;
    return templateOf(schema.anyOf[0], definitions);
  }
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.type !== 'object')
    return { string: '', number: 0, boolean: false, array: [] }[schema.type] ?? null;
  return Object.fromEntries(
    (schema.required ?? []).map((name) => [name, templateOf(schema.properties[name], definitions)]),
  );
}
