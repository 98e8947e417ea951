import { expect, test } from 'vitest';
import { referenceOf } from './sources.ts';

test('a reference as people write it', () => {
  expect(referenceOf('mqtt-3.1.1', '3.2', 'MQTT-3.2.0-1')).toEqual({
    label: 'MQTT 3.1.1 §3.2 [MQTT-3.2.0-1]',
    url: 'https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html',
  });
  expect(referenceOf('mqtt-5.0', '4.7.3').label).toBe('MQTT 5.0 §4.7.3');
});

test('a manual by version, and by the name of its section', () => {
  expect(referenceOf('mosquitto.conf(5)', 'listener').label).toBe(
    'mosquitto.conf(5) 2.0.11: listener',
  );
  expect(() => referenceOf('mosquitto.conf(5)', 'listener', 'MQTT-3.2.0-1')).toThrow(
    'only MQTT has statements',
  );
  expect(() => referenceOf('mosquitto.conf(5)', ' ')).toThrow('section names no place in it');
});

test.each([
  ['§3.2', undefined, 'section is figures and points'],
  ['3.2', '[MQTT-3.2.0-1]', 'statement is such as "MQTT-3.2.0-1"'],
  ['3.2', 'MQTT-4.7.3-4', 'that statement is not in section 3.2'],
])('section %s, statement %s', (section, statement, message) => {
  expect(() => referenceOf('mqtt-5.0', section, statement)).toThrow(message);
});
