/** Where claims come from: the two specifications, by section and normative statement. */

export const specifications = {
  'mqtt-3.1.1': {
    name: 'MQTT 3.1.1',
    url: 'https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html',
  },
  'mqtt-5.0': {
    name: 'MQTT 5.0',
    url: 'https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html',
  },
} as const;
export type Specification = keyof typeof specifications;

export interface Reference {
  /** `MQTT 3.1.1 §3.2 [MQTT-3.2.0-1]`. */
  label: string;
  url: string;
}

/** Throws where a section or statement is not written as the specification writes it. */
export function referenceOf(of: Specification, section: string, statement?: string): Reference {
  if (!/^\d+(\.\d+)*$/.test(section)) {
    throw new Error(
      `<Source section="${section}">: section is figures and points, such as "3.2.2"`,
    );
  }
  if (statement !== undefined && !/^MQTT-\d+\.\d+\.\d+-\d+$/.test(statement)) {
    throw new Error(`<Source statement="${statement}">: statement is such as "MQTT-3.2.0-1"`);
  }
  // A statement's number begins with the section that makes it.
  if (
    statement !== undefined &&
    !statement.slice(5).startsWith(section.split('.').slice(0, 2).join('.'))
  ) {
    throw new Error(
      `<Source statement="${statement}">: that statement is not in section ${section}`,
    );
  }
  const { name, url } = specifications[of];
  return { label: `${name} §${section}${statement ? ` [${statement}]` : ''}`, url };
}
