/** What a host can choose, as `--help` prints it. */
import { mosquittoVersions, usualMosquitto } from '../sandbox/protocol/mosquitto.ts';

/** @param program how it is called: `npm start --`, `retained` */
export const usageOf = (program: string): string => `Retained: learn MQTT by doing.

  ${program} [options]          opens the course
  ${program} doctor [options]   looks at this machine, and says what to do
  ${program} backup <file>      copies the data folder into a file, also while the course is open
  ${program} restore <file>     makes a data folder of such a file
  ${program} set-aside        moves a database that can't be used, so that the next start makes a new one
  ${program} --version

  --port <number>       HTTP port of the course, and of MQTT over WebSocket (4321)
  --mqtt-port <number>  port of MQTT over TCP (1883; the next free one where that is taken)
  --tls-port <number>   port of MQTT over TLS (8883; the next free one where that is taken)
  --host <address>      address to listen on (0.0.0.0: the whole network; 127.0.0.1: this machine)
  --data <folder>       where the course keeps what must outlive it (.retained/data)
  --keep-classes <days> a class without a sign of anybody is deleted after so many days (180)
  --cert <file>         a certificate of your own, with
  --key <file>          its key: pages are then served by https
  --open-room <code>    clients without a user name get into this one room (off)
  --name <host names>   names that readers use, with commas between (those of this machine)
  --trust-proxy <addresses>
                        proxies whose X-Forwarded-For is believed: 127.0.0.1,10.0.0.0/8 (none)
  --proxy-protocol <ports>
                        ports where these proxies send the PROXY protocol's header, with commas
                        between: http, mqtt, tls (none)
  --process <number>    this is one of several processes of one course behind a proxy: 1, 2 … 99, each its own.
                        The proxy finds the process of a room by it; the first has the classes, or with
                        DATABASE_URL one of them: another takes over if it ends (none)
  --public-mqtt-port <number>, --public-tls-port <number>
                        ports of MQTT that learners are told, where the proxy listens (those above)
  --ingress <addresses> proxies that take their own path off each request and name it in
                        X-Ingress-Path: Home Assistant's is 172.30.32.2 (none)
  --base <path>         the course lives below this path of its host: /learn/ (/)
  --mosquitto <version> the Mosquitto that rooms are where an exercise does not choose:
                        ${mosquittoVersions.join(', ')} (${usualMosquitto})
  --pages <folder>      serve these built pages, and build nothing
  --log <form>          plain, or json: one line of JSON for each thing that happens (plain)
  --metrics-port <number>
                        a port of this machine alone where Prometheus reads /metrics (none)
  --restart <yes|no>    start again after an error of the course's own; no leaves that to
                        systemd or Docker (yes)
  --help                this text

The same by environment: RETAINED_PORT, RETAINED_MQTT_PORT and so on.
A flag wins over the environment. By environment alone, as it may have a password in it:

  DATABASE_URL          classes are in this PostgreSQL, and not in the data folder:
                        postgres://<user>:<password>@<host>:5432/<database>`;
export const usage = usageOf('npm start --');
