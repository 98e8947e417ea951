/** A class with its shared room, and real MQTT clients of its members: from a page by cookie, or over TCP by address. */
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { readSharedPicture, type SharedAccess, type SharedPicture } from '../../../protocol/shared-room.ts'; // prettier-ignore
import { startClassServer, type ClassServer, type Device } from './class-server.ts';

export interface Heard {
  client: MqttClient;
  /** `<topic> <payload>`, as they came. */
  all: string[];
}

export class SharedClass {
  course!: ClassServer;
  teacher!: Device;
  id = '';
  code = '';
  readonly #clients: MqttClient[] = [];

  static async begin(): Promise<SharedClass> {
    const one = new SharedClass();
    one.course = await startClassServer();
    one.teacher = await one.course.teacher();
    const made = await one.teacher.post('/api/class/classes', { language: 'en' });
    [{ id: one.id, code: one.code }] = made['classes'] as [{ id: string; code: string }];
    return one;
  }

  /** What the teacher's page asks of the class. */
  obey(request: object): Promise<Record<string, unknown> & { status: number }> {
    return this.teacher.post(`/api/class/classes/${this.id}`, request);
  }
  share(isOpen = true, isPaused = false) {
    return this.obey({ type: 'share', isOpen, isPaused });
  }

  async member(name: string): Promise<SharedMember> {
    const device = this.course.device();
    const joined = await device.post('/api/class/join', { code: this.code, name });
    return new SharedMember(this, device, String(joined['id']));
  }

  async listen(client: MqttClient): Promise<Heard> {
    this.#clients.push(client);
    client.on('error', () => {});
    const heard: Heard = { client, all: [] };
    client.on('message', (topic, payload) => heard.all.push(`${topic} ${String(payload)}`));
    return heard;
  }

  /** The picture as the teacher's page has it. */
  picture(): { latest: SharedPicture | undefined; close(): void } {
    const socket = this.teacher.socket(`/class/${this.id}/shared`);
    const seen = {
      latest: undefined as SharedPicture | undefined,
      close: () => socket.terminate(),
    };
    socket.on('message', (data) => {
      seen.latest = readSharedPicture(String(data));
      if (!seen.latest) throw new Error(`no picture: ${String(data)}`);
    });
    return seen;
  }

  async end(): Promise<void> {
    for (const client of this.#clients.splice(0)) client.end(true);
    this.teacher.close();
    await this.course.end();
  }
}

const usual = { protocolVersion: 5, reconnectPeriod: 0, timerVariant: 'native' } as const;

export class SharedMember {
  readonly #class: SharedClass;
  readonly device: Device;
  /** The member's. */
  readonly id: string;

  constructor(one: SharedClass, device: Device, id: string) {
    this.#class = one;
    this.device = device;
    this.id = id;
  }

  access(): Promise<SharedAccess & { status: number }> {
    return this.device.get('/api/class/shared') as never;
  }

  /** As a program of the page: `mqtt://class`. */
  async page(more: IClientOptions = {}): Promise<Heard> {
    const cookie = [...this.device.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const url = `${this.#class.course.origin.replace('http', 'ws')}/class/shared`;
    const options = { ...usual, wsOptions: { headers: { cookie } }, ...more };
    return this.#class.listen(await connectAsync(url, options, false));
  }

  /** As a program of the member's own. */
  async own(more: IClientOptions = {}): Promise<Heard> {
    const { address, tcpPort } = await this.access();
    const options = { ...usual, username: address ?? '', ...more };
    return this.#class.listen(await connectAsync(`mqtt://127.0.0.1:${tcpPort}`, options, false));
  }
}

/** The reason code of a refusal, or what became of it. */
export const refused = (promise: Promise<unknown>): Promise<string | number> =>
  promise.then(
    () => 'taken',
    (error: { code?: number | string; message: string }) => error.code ?? error.message,
  );
