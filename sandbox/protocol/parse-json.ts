/** Parses JSON from the other side of a boundary: only fields that the schema names pass. */
import * as v from 'valibot';

/** Undefined if it is no JSON, or not of the schema. The first issue ends the check. */
export function parseJson<const Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
): v.InferOutput<Schema> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return read(schema, value);
}

export function read<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> | undefined {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? result.output : undefined;
}

export const isA = <const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): value is v.InferOutput<Schema> => v.is(schema, value);
