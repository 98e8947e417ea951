/**
 * `docker` in a real room: its messages are Docker's (words.ts says from where, for no Docker engine runs where
 * these tests run), its broker is the room's.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { packetOf } from '../../../../sandbox/mqtt/packet.ts';
import type { Machines } from '../../../../sandbox/protocol/machines.ts';
import { openTerminals } from '../../../../sandbox/testing/terminal-room.ts';
import { duration } from './container.ts';
import { imageOf } from './image.ts';
import { mountOf } from './mounts.ts';
import { portsText, publishedOf } from './ports.ts';

const open = 'listener 1883\nallow_anonymous true\n';
const machines: Machines = { broker: ['pi'], elsewhere: { phone: ['pi'] } };
let terminals: Awaited<ReturnType<typeof openTerminals>> | undefined;
afterEach(async () => {
  await terminals?.close();
  terminals = undefined;
});
/** A machine with only Docker on it, and this file in /etc/mosquitto, where the terminal begins. */
const machine = async (conf = open) =>
  (terminals = await openTerminals({ 'mosquitto.conf': conf }, { docker: true, machines }));
const image = 'eclipse-mosquitto:2.0';
const mount = '-v "$PWD/mosquitto.conf:/mosquitto/config/mosquitto.conf"';
const help = "\n\nRun 'docker run --help' for more information\n";
const timeless = (text: string): string => text.replaceAll(/^\d{10,}: /gm, '');

/** What the phone gets at that port of the Pi: `open`, or why not. */
async function phone(port = 1883): Promise<string> {
  const { port1, port2 } = new MessageChannel();
  const { room } = terminals!;
  const before = room.entries().length;
  const closed = room.openLine('phone', port2 as never, AbortSignal.timeout(60_000), {
    ...{ port, protocol: 'mqtt', host: 'pi' },
  });
  const connect = Uint8Array.from([16, 12, 0, 4, 77, 81, 84, 84, 4, 2, 0, 60, 0, 0]);
  port1.postMessage(connect);
  const answered = new Promise<string>((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<Uint8Array | null>) =>
      resolve(data?.[0] === 32 ? `CONNACK ${data[3]}` : 'closed');
  });
  const answer = await answered;
  port1.postMessage(null);
  await closed;
  port1.close();
  const refused = room
    .entries()
    .slice(before)
    .find((entry) => entry.type === 'line-refused');
  return refused?.type === 'line-refused' ? refused.refusal : answer;
}

describe('what Docker says', () => {
  it.each([
    ['docker nonsense', 1, "docker: unknown command: docker nonsense\n\nRun 'docker --help' for more information\n"],
    ['docker run', 1, "docker: 'docker run' requires at least 1 argument\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nSee 'docker run --help' for more information\n"],
    ['docker logs', 1, "docker: 'docker logs' requires 1 argument\n\nUsage:  docker logs [OPTIONS] CONTAINER\n\nRun 'docker logs --help' for more information\n"],
    ['docker run --publsh 1883:1883 eclipse-mosquitto', 125, `unknown flag: --publsh\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]${help}`],
    ['docker run -dz eclipse-mosquitto', 125, `unknown shorthand flag: 'z' in -z\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]${help}`],
    ['docker run -d -p', 125, `flag needs an argument: 'p' in -p\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]${help}`],
    ['docker run --name', 125, `flag needs an argument: --name\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]${help}`],
    ['docker run Eclipse-Mosquitto', 125, `docker: invalid reference format: repository name (library/Eclipse-Mosquitto) must be lowercase${help}`],
    ['docker run eclipse-mosquitto: x', 125, `docker: invalid reference format${help}`],
    ['docker run -p 1883: eclipse-mosquitto', 125, `docker: no port specified: 1883:<empty>${help}`],
    ['docker run -p 1883:x eclipse-mosquitto', 125, `docker: invalid containerPort: x${help}`],
    ['docker run -v a: eclipse-mosquitto', 125, `docker: invalid spec: a:: empty section between colons${help}`],
    ['docker run -v "a b:/x" eclipse-mosquitto', 125, `docker: Error response from daemon: create a b: "a b" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path${help}`],
    ['docker stop broker', 1, 'Error response from daemon: No such container: broker\n'],
    ['docker logs broker', 1, 'Error response from daemon: No such container: broker\n'],
    ['docker rm -f broker', 0, ''],
    ['docker ps', 0, 'CONTAINER ID   IMAGE   COMMAND   CREATED   STATUS   PORTS   NAMES\n'],
    ['docker run nginx', 125, "Unable to find image 'nginx:latest' locally\n<terminal.docker.images>\n"],
    ['docker run --restart always eclipse-mosquitto', 125, '<terminal.docker.option>\n'],
    ['docker compose up', 1, '<terminal.docker.command>\n'],
    ['docker pull eclipse-mosquitto:2.0', 0, '2.0: Pulling from library/eclipse-mosquitto\nStatus: Image is up to date for eclipse-mosquitto:2.0\n'],
  ])('%s', async (line, status, text) => {
    const { type } = await machine();
    expect(await type(line)).toEqual({ status, text });
  }); // prettier-ignore

  it('of a name, a port and a container that are taken', async () => {
    const { type, docker } = await machine();
    await type(`docker run -d --name broker -p 1883:1883 ${mount} ${image}`);
    const { id } = docker.containers[0]!;
    const again = await type(`docker run -d --name broker -p 1884:1883 ${image}`);
    expect(again).toEqual({
      status: 125,
      text: `docker: Error response from daemon: Conflict. The container name "/broker" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.${help}`,
    });
    const second = await type(`docker run -d --name other -p 1883:1883 ${image}`);
    expect(second.status).toBe(125);
    const other = docker.containers[1]!;
    expect(second.text).toBe(
      `${other.id}\ndocker: Error response from daemon: failed to set up container networking: driver failed programming external connectivity on endpoint other (${other.id}): Bind for 0.0.0.0:1883 failed: port is already allocated${help}`,
    );
    expect((await type('docker rm broker')).text).toBe(
      'Error response from daemon: cannot remove container "broker": container is running: stop the container before removing or force remove\n',
    );
    expect((await type('docker ps -a')).text).toMatch(/Created\s+other\n/);
  });

  it('of the service’s port', async () => {
    const { type } = (terminals = await openTerminals({ 'mosquitto.conf': open }));
    const said = await type(`docker run --name broker -p 1883:1883 ${image}`);
    expect(said.text).toContain(
      'failed to bind host port 0.0.0.0:1883/tcp: address already in use',
    );
    await type('systemctl stop mosquitto');
    expect((await type('docker start broker')).text).toBe('broker\n');
    expect((await type('systemctl is-active mosquitto')).text).toBe('inactive\n');
    expect((await type('docker rm -f broker; systemctl start mosquitto')).status).toBe(0);
  });
});

describe('a broker in a container', () => {
  it('that ignores the conf, for it is not mounted', async () => {
    const { type } = await machine();
    const run = await type(`docker run -d --name broker -p 1883:1883 ${image}`);
    expect(run).toMatchObject({ status: 0, text: expect.stringMatching(/^[\da-f]{64}\n$/) });
    const logs = timeless((await type('docker logs broker')).text);
    expect(logs).toContain('Config loaded from /mosquitto/config/mosquitto.conf.\n');
    expect(logs).toContain('Starting in local only mode.');
    expect(await phone()).toBe('local-only');
    // Not even a program of the machine gets in, for it comes through the published port.
    expect((await type('mosquitto_pub -t a -m 1')).text).toContain('Connection refused');
    // Inside, localhost is the container.
    expect((await type('docker exec broker mosquitto_pub -t a -m 1')).status).toBe(0);
  });

  it('with its conf mounted lets the phone in; without -p it does not', async () => {
    const { type } = await machine();
    await type(`docker run -d --name closed ${mount} ${image}`);
    expect(await phone()).toBe('no-listener');
    expect((await type('docker exec closed mosquitto_pub -t a -m 1')).status).toBe(0);
    await type('docker rm -f closed');
    await type(`docker run -d --name broker -p 1884:1883 ${mount} ${image}`);
    expect(await phone()).toBe('no-listener');
    expect(await phone(1884)).toBe('CONNACK 0');
    expect((await type('mosquitto_pub -p 1884 -t a -m 1')).status).toBe(0);
    expect((await type('docker ps')).text).toMatch(
      /^CONTAINER ID {3}IMAGE {19}COMMAND .*\n[\da-f]{12} {3}eclipse-mosquitto:2\.0 {3}"\/docker-entrypoint\.…" {3}.* ago {3}Up .* {3}1883\/tcp, 0\.0\.0\.0:1884->1883\/tcp, \[::\]:1884->1883\/tcp {3}broker\n$|0\.0\.0\.0:1884->1883\/tcp, \[::\]:1884->1883\/tcp {3}broker\n$/,
    );
  });

  it('published to the machine alone is not for the phone', async () => {
    const { type } = await machine();
    await type(`docker run -d -p 127.0.0.1:1883:1883 ${mount} ${image}`);
    expect(await phone()).toBe('no-listener');
    expect((await type('mosquitto_pub -t a -m 1')).status).toBe(0);
  });

  it.each([
    // The image of 2.1 lets everybody in.
    ['eclipse-mosquitto', 'CONNACK 0', '2.1.2'],
    ['eclipse-mosquitto:2.0 mosquitto -c /mosquitto-no-auth.conf', 'CONNACK 0', '2.0.21'],
    ['eclipse-mosquitto:2.0 mosquitto', 'local-only', '2.0.21'],
  ])('as the image has it: %s', async (what, answer, version) => {
    const { type, room } = await machine();
    await type(`docker run -d --name broker -p 1883:1883 ${what}`);
    expect((await type('docker logs broker')).text).toContain(
      `mosquitto version ${version} running`,
    );
    expect(await phone()).toBe(answer);
    expect(room.entries().some((entry) => entry.type === 'packet' && packetOf(entry).kind === 'CONNACK')).toBe(answer === 'CONNACK 0'); // prettier-ignore
  });

  it('with --network host has the machine’s own network', async () => {
    const { type } = await machine('listener 1885\nallow_anonymous true\n');
    await type(`docker run -d --network host ${mount} ${image}`);
    expect(await phone(1885)).toBe('CONNACK 0');
    expect((await type('mosquitto_pub -p 1885 -t a -m 1')).status).toBe(0);
  });

  it('knows its files by the container’s paths only', async () => {
    const { type, files } = await machine(`${open}password_file /etc/mosquitto/passwd\n`);
    files.passwd = '';
    const run = await type(
      `docker run --name aa -p 1883:1883 -v /etc/mosquitto:/mosquitto/config ${image}`,
    );
    expect(run.status).toBe(13);
    expect(timeless(run.text)).toContain('Error: Unable to open pwfile "/etc/mosquitto/passwd".\n');
    expect((await type('docker ps -a')).text).toMatch(/Exited \(13\)/);
    files['mosquitto.conf'] = `${open}password_file /mosquitto/config/passwd\n`;
    expect((await type('docker start aa && docker ps')).text).toMatch(/Up Less than a second/);
    expect((await type('docker exec aa cat /mosquitto/config/mosquitto.conf')).text).toBe(
      files['mosquitto.conf'],
    );
    // Two files, one by one.
    await type('docker rm -f aa');
    const each = `${mount} -v "$PWD/passwd:/mosquitto/config/passwd:ro"`;
    await type(`docker run -d --name bb -p 1883:1883 ${each} ${image}`);
    expect(await phone()).toBe('CONNACK 0');
    expect((await type('docker exec bb mosquitto_passwd -b /mosquitto/config/passwd ann x')).text).toContain('Read-only file system'); // prettier-ignore
  });

  it('of a file that is not there gets a directory', async () => {
    const { type } = await machine();
    const missing = `docker run -d --name aa -v /home/learner/none.conf:/mosquitto/config/mosquitto.conf ${image}`;
    const run = await type(missing);
    expect(run.status).toBe(125);
    expect(run.text).toContain('not a directory: Are you trying to mount a directory onto a file');
    await type(`docker run -d --name bb -v ./nowhere:/mosquitto/config ${image}`);
    expect(timeless((await type('docker logs bb')).text)).toBe(
      'Error: Unable to open config file /mosquitto/config/mosquitto.conf.\n',
    );
    expect((await type('docker ps -a')).text).toMatch(/Exited \(3\)/);
  });
});

describe('its life', () => {
  it('goes on in the foreground until Ctrl-C, and is followed from another terminal', async () => {
    const { terminal, type } = await machine();
    const run = terminal()(`docker run -it --rm --name broker -p 1883:1883 ${mount} ${image}`);
    await run.says('running');
    const logs = terminal(2)('docker logs -f broker');
    await logs.says('running');
    expect(await phone()).toBe('CONNACK 0');
    await logs.says('New client connected');
    run.interrupt();
    expect(await run.status).toBe(0);
    expect(await logs.status).toBe(0);
    expect(timeless(logs.text())).toMatch(/mosquitto version 2\.0\.21 terminating\n$/);
    expect((await type('docker ps -aq')).text).toBe('');
    expect(await phone()).toBe('stopped');
  });

  it('is stopped, started and restarted by name', async () => {
    const { type } = await machine();
    await type(`docker run -d --name broker -p 1883:1883 ${mount} ${image}`);
    expect(await type('docker stop broker')).toEqual({ status: 0, text: 'broker\n' });
    expect((await type('docker ps -a')).text).toMatch(/Exited \(0\)/);
    expect(await phone()).toBe('stopped');
    expect((await type('docker exec broker ls')).text).toMatch(/^Error response from daemon: container [\da-f]{64} is not running\n$/); // prettier-ignore
    await type('docker start broker; docker restart broker');
    expect(await phone()).toBe('CONNACK 0');
    expect((await type('docker logs broker')).text.match(/ running\n/g)).toHaveLength(3);
    expect((await type('docker exec broker foo')).status).toBe(127);
  });

  it('goes on in the next run, with the files as they are then', async () => {
    const { type, reset, files } = await machine('listener 1883 localhost\nallow_anonymous true\n');
    expect(await phone()).toBe('stopped');
    await type(`docker run -d --name broker -p 1883:1883 ${mount} ${image}`);
    await reset();
    expect(await phone()).toBe('local-only');
    files['mosquitto.conf'] = open;
    await reset();
    expect(await phone()).toBe('CONNACK 0');
    expect((await type('docker ps')).text).toMatch(/Up .*broker\n$/);
    files['mosquitto.conf'] = 'nonsense\n';
    await reset();
    expect((await type('docker ps -a')).text).toMatch(/Exited \(3\)/);
    await reset();
    expect(await phone()).toBe('stopped');
    expect((await type('systemctl status mosquitto')).status).toBe(4);
    expect((await type('mosquitto -h')).status).toBe(127);
  });

  it('ends by kill -9, and nobody starts it again', async () => {
    const { type } = await machine();
    await type(`docker run -d --name broker -p 1883:1883 ${mount} ${image}`);
    await type('pkill -9 mosquitto');
    expect((await type('docker ps -a')).text).toMatch(/Exited \(137\)/);
    expect(await phone()).toBe('stopped');
    expect((await type('docker start broker && pidof mosquitto')).status).toBe(0);
  });
});

describe('the small parts', () => {
  it.each([
    ['1883:1883', { host: '0.0.0.0', port: 1883, to: 1883 }],
    ['1884:1883/tcp', { host: '0.0.0.0', port: 1884, to: 1883 }],
    ['127.0.0.1:8080:9001', { host: '127.0.0.1', port: 8080, to: 9001 }],
    ['1883', { host: '0.0.0.0', port: 32_768, to: 1883 }],
    ['1883:1883/udp', 'udp'],
    ['8000-8010:1883', 'range'],
  ])('-p %s', (spec, published) => expect(publishedOf(spec)).toEqual(published));

  it.each([
    ['./a:/b', '/home/learner', { source: '/home/learner/a', target: '/b', isReadOnly: false }],
    ['/a:/b:ro', '/', { source: '/a', target: '/b', isReadOnly: true }],
    ['conf:/mosquitto/config', '/', { source: undefined, target: '/mosquitto/config', isReadOnly: false }],
    ['.:/b/', '/etc', { source: '/etc', target: '/b', isReadOnly: false }],
  ])('-v %s', (spec, cwd, mounted) => expect(mountOf(spec, cwd)).toEqual(mounted)); // prettier-ignore

  it.each([
    ['eclipse-mosquitto', { tag: 'latest', version: '2.1.2' }],
    ['eclipse-mosquitto:2', { tag: '2', version: '2.1.2' }],
    ['docker.io/library/eclipse-mosquitto:2.0', { tag: '2.0', version: '2.0.21' }],
    ['eclipse-mosquitto:1.6', 'eclipse-mosquitto:1.6'],
    ['emqx/emqx:5.8', 'emqx/emqx:5.8'],
  ])('%s', (text, found) => expect(imageOf(text)).toEqual(found));

  it('ports and times as a table has them', () => {
    expect(portsText([])).toBe('1883/tcp');
    expect(portsText([{ host: '127.0.0.1', port: 1, to: 1883 }])).toBe('127.0.0.1:1->1883/tcp');
    expect([500, 1000, 59_000, 60_000, 7_200_000].map(duration)).toEqual([
      'Less than a second', '1 second', '59 seconds', 'About a minute', '2 hours',
    ]); // prettier-ignore
  });
});
