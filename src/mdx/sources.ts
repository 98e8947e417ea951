/**
 * Where claims come from: the two specifications, by section and normative statement, and the
 * manuals of programs, by version and by the name of the section or option.
 */

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

const debian = 'https://manpages.debian.org/bookworm';
export const manuals = {
  'mosquitto(8)': {
    name: 'mosquitto(8) 2.0.11',
    url: `${debian}/mosquitto/mosquitto.8.en.html`,
  },
  'mosquitto.conf(5)': {
    name: 'mosquitto.conf(5) 2.0.11',
    url: `${debian}/mosquitto/mosquitto.conf.5.en.html`,
  },
  'mosquitto.conf(5)-2.1': {
    name: 'mosquitto.conf(5) 2.1.2',
    url: 'https://manpages.debian.org/forky/mosquitto/mosquitto.conf.5.en.html',
  },
  'mosquitto_passwd(1)': {
    name: 'mosquitto_passwd(1) 2.0.11',
    url: `${debian}/mosquitto/mosquitto_passwd.1.en.html`,
  },
  'mosquitto_pub(1)': {
    name: 'mosquitto_pub(1) 2.0.11',
    url: `${debian}/mosquitto-clients/mosquitto_pub.1.en.html`,
  },
  'mosquitto_sub(1)': {
    name: 'mosquitto_sub(1) 2.0.11',
    url: `${debian}/mosquitto-clients/mosquitto_sub.1.en.html`,
  },
  'mosquitto-2': {
    name: 'Migrating from 1.x to 2.0, Mosquitto',
    url: 'https://mosquitto.org/documentation/migrating-to-2-0/',
  },
  'mosquitto-changelog': {
    name: 'Mosquitto, change log',
    url: 'https://mosquitto.org/ChangeLog.txt',
  },
  'mosquitto-download': {
    name: 'Mosquitto, Download',
    url: 'https://mosquitto.org/download/',
  },
  'docker-eclipse-mosquitto': {
    name: 'eclipse-mosquitto, Docker Hub',
    url: 'https://hub.docker.com/_/eclipse-mosquitto',
  },
  'docker-ports': {
    name: 'Docker, Port publishing and mapping',
    url: 'https://docs.docker.com/engine/network/port-publishing/',
  },
  'docker-host-network': {
    name: 'Docker, Host network driver',
    url: 'https://docs.docker.com/engine/network/drivers/host/',
  },
  'home-assistant-mqtt': {
    name: 'Home Assistant, MQTT',
    url: 'https://www.home-assistant.io/integrations/mqtt/',
  },
  'home-assistant-light': {
    name: 'Home Assistant, MQTT Light',
    url: 'https://www.home-assistant.io/integrations/light.mqtt/',
  },
  'systemctl(1)': {
    name: 'systemctl(1) 252',
    url: `${debian}/systemd/systemctl.1.en.html`,
  },
  'dash(1)': {
    name: 'dash(1) 0.5.12',
    url: `${debian}/dash/dash.1.en.html`,
  },
  'rfc-1122': {
    name: 'RFC 1122, Requirements for Internet Hosts',
    url: 'https://www.rfc-editor.org/rfc/rfc1122',
  },
  'rfc-3339': {
    name: 'RFC 3339, Date and Time on the Internet',
    url: 'https://www.rfc-editor.org/rfc/rfc3339',
  },
  'rfc-6265': {
    name: 'RFC 6265, HTTP State Management Mechanism',
    url: 'https://www.rfc-editor.org/rfc/rfc6265',
  },
  'rfc-6455': {
    name: 'RFC 6455, The WebSocket Protocol',
    url: 'https://www.rfc-editor.org/rfc/rfc6455',
  },
  'rfc-6761': {
    name: 'RFC 6761, Special-Use Domain Names',
    url: 'https://www.rfc-editor.org/rfc/rfc6761',
  },
  'rfc-8259': {
    name: 'RFC 8259, The JSON Data Interchange Format',
    url: 'https://www.rfc-editor.org/rfc/rfc8259',
  },
  'rfc-8949': {
    name: 'RFC 8949, Concise Binary Object Representation (CBOR)',
    url: 'https://www.rfc-editor.org/rfc/rfc8949',
  },
  'mqtt.org-faq': {
    name: 'mqtt.org, FAQ',
    url: 'https://mqtt.org/faq/',
  },
  'mqtt.org-2011': {
    name: 'mqtt.org, 12 August 2011',
    url: 'https://mqtt.org/2011/08/mqtt-used-by-facebook-messenger/',
  },
  'mqtt-3.1': {
    name: 'MQTT V3.1 Protocol Specification, IBM and Eurotech, 2010',
    url: 'https://public.dhe.ibm.com/software/dw/webservices/ws-mqtt/mqtt-v3r1.html',
  },
  'iso-20922': {
    name: 'ISO/IEC 20922:2016',
    url: 'https://www.iso.org/standard/69466.html',
  },
  'mqtt.js': {
    name: 'MQTT.js 5.16, README',
    url: 'https://github.com/mqttjs/MQTT.js#readme',
  },
  'aws-jitter': {
    name: 'Exponential Backoff And Jitter, AWS Architecture Blog',
    url: 'https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/',
  },
  mqttx: {
    name: 'MQTTX, releases',
    url: 'https://github.com/emqx/MQTTX/releases',
  },
  'mqtt-explorer': {
    name: 'MQTT Explorer, releases',
    url: 'https://github.com/thomasnordquist/MQTT-Explorer/releases',
  },
  'mqtt-explorer-app': {
    name: 'Home Assistant Community App: MQTT Explorer',
    url: 'https://github.com/hassio-addons/app-mqtt-explorer',
  },
  'rfc-9110': {
    name: 'RFC 9110, HTTP Semantics',
    url: 'https://www.rfc-editor.org/rfc/rfc9110',
  },
  'rfc-9112': {
    name: 'RFC 9112, HTTP/1.1',
    url: 'https://www.rfc-editor.org/rfc/rfc9112',
  },
  'rfc-9293': {
    name: 'RFC 9293, Transmission Control Protocol',
    url: 'https://www.rfc-editor.org/rfc/rfc9293',
  },
  'rfc-791': {
    name: 'RFC 791, Internet Protocol',
    url: 'https://www.rfc-editor.org/rfc/rfc791',
  },
  'paho-mqtt': {
    name: 'paho-mqtt 2.1.0',
    url: 'https://eclipse.dev/paho/files/paho.mqtt.python/html/client.html',
  },
  'paho-helpers': {
    name: 'paho-mqtt 2.1.0, Helpers',
    url: 'https://eclipse.dev/paho/files/paho.mqtt.python/html/helpers.html',
  },
  'paho-migrations': {
    name: 'paho-mqtt 2.1.0, Migrations',
    url: 'https://eclipse.dev/paho/files/paho.mqtt.python/html/migrations.html',
  },
} as const;
export type Manual = keyof typeof manuals;
const isManual = (of: string): of is Manual => Object.hasOwn(manuals, of);

export interface SourceReference {
  /** `MQTT 3.1.1 §3.2 [MQTT-3.2.0-1]`. */
  label: string;
  url: string;
}

/** Throws if a section or statement is not written as the specification writes it. */
export function referenceOf(
  of: Specification | Manual,
  section: string,
  statement?: string,
): SourceReference {
  if (isManual(of)) return manualReference(of, section, statement);
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

function manualReference(
  of: Manual,
  section: string,
  statement: string | undefined,
): SourceReference {
  if (statement !== undefined) {
    throw new Error(`<Source of="${of}" statement="${statement}">: only MQTT has statements`);
  }
  if (section.trim() === '') throw new Error(`<Source of="${of}">: section names no place in it`);
  const { name, url } = manuals[of];
  return { label: `${name}: ${section}`, url };
}
