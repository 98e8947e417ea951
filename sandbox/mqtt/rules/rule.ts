/** The type of a rule of the protocol; the rules are in `format.ts` and `exchange.ts`. */

export interface Rule {
  /** Statement or section of MQTT 3.1.1, also shown for 3.1, which numbers none; and of 5.0. */
  statements: readonly [v4: string, v5: string];
  /** MQTT 5.0 reason code. */
  code: number;
  /** CONNACK return code if 3.1.1 names one; for every other rule the line is just closed. */
  returnCode?: 1 | 2;
  /** Reason string of a 5.0 DISCONNECT or CONNACK; English, as brokers speak. */
  reason: string;
}

/** One statement for both versions. */
export const rule = (
  code: number,
  statement: string | readonly [v4: string, v5: string],
  reason: string,
  returnCode?: 1 | 2,
): Rule => ({
  statements: typeof statement === 'string' ? [statement, statement] : statement,
  code,
  reason,
  ...(returnCode && { returnCode }),
});

export const MALFORMED = 0x81;
export const PROTOCOL_ERROR = 0x82;
