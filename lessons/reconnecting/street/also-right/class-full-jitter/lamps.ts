import { connect, type MqttClient } from 'mqtt';

class Lamp {
  #client: MqttClient;
  #wait = 500;
  readonly #id: string;
  constructor(id: string) {
    this.#id = id;
    this.#client = connect({
      host: 'localhost',
      port: 1883,
      clientId: id,
      protocolVersion: 5,
      reconnectPeriod: 0,
      resubscribe: false,
    });
    this.#client.on('connect', this.#isBack);
    this.#client.on('message', this.#answer);
    this.#client.on('close', this.#isAway);
  }
  #isBack = () => {
    this.#wait = 500;
    this.#client.subscribe({ 'street/roll-call': { qos: 0 } });
  };
  #answer = () => {
    void this.#client.publishAsync(`street/${this.#id}`, 'here');
  };
  #isAway = () => {
    const wait = Math.random() * this.#wait;
    this.#wait = Math.min(this.#wait * 2, 20_000);
    setTimeout(() => this.#client.reconnect(), wait);
  };
}
export const lamps = [...Array(8).keys()].map((i) => new Lamp(`lamp-${i + 1}`));
