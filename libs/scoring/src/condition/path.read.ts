/**
 * Compiles a dotted path into a reader of nested records. A property whose own name is the whole path comes first
 * (`utm.source` sent flat). Only own properties count, so `constructor` or `__proto__` reads as unknown.
 */
export function compilePath(path: string): (record: Readonly<Record<string, unknown>>) => unknown {
  const steps = path.split('.');
  if (steps.length === 1) return (record) => ownValue(record, path);
  return (record) => {
    const flat = ownValue(record, path);
    if (flat !== undefined) return flat;
    let value: unknown = record;
    for (const step of steps) value = ownValue(value, step);
    return value;
  };
}

/** Reads one dotted path of a record; see {@link compilePath}. */
export function readPath(record: Readonly<Record<string, unknown>>, path: string): unknown {
  return compilePath(path)(record);
}

function ownValue(holder: unknown, key: string): unknown {
  if (!isObject(holder)) return undefined;
  // Most paths lead nowhere, which the plain read tells sooner.
  const value = holder[key];
  return value === undefined || Object.hasOwn(holder, key) ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
