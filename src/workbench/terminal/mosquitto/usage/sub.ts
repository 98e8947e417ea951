import { usageText } from './options.ts';

/** The output of `mosquitto_sub --help`; its licence is in options.ts. */
export const sub = usageText({
  program: 'mosquitto_sub',
  head: `mosquitto_sub is a simple mqtt client that will subscribe to a set of topics and print all messages it receives.
mosquitto_sub version {version} running on libmosquitto {library}.

Usage: mosquitto_sub {[-h host] [--unix path] [-p port] [-u username] [-P password] -t topic | -L URL [-t topic]}
                     [-c] [-k keepalive] [-q qos] [-x session-expiry-interval]
                     [-C msg_count] [-E] [-R] [--retained-only] [--remove-retained] [-T filter_out] [-U topic ...]
                     [-F format]
                     [-W timeout_secs]
                     [-A bind_address] [--nodelay]
                     [-i id] [-I id_prefix]
                     [-d] [-N] [--quiet] [-v]
                     [--will-topic [--will-payload payload] [--will-qos qos] [--will-retain]]
                     [{--cafile file | --capath dir} [--cert file] [--key file]
                       [--ciphers ciphers] [--insecure]
                       [--tls-alpn protocol]
                       [--tls-engine engine] [--keyform keyform] [--tls-engine-kpass-sha1]]
                       [--tls-use-os-certs]
                     [--psk hex-key --psk-identity identity [--ciphers ciphers]]
                     [--proxy socks-url]
                     [-D command identifier value]
       mosquitto_sub --help

`,
  options:
    '-A -c -C -d -D -E -F -h -i -I -k -L -N -p -P -q -R -t -T -u -U -v -V -W -x --help --nodelay --pretty --quiet --random-filter --retained-only --remove-retained --unix --will-payload --will-qos --will-retain --will-topic --cafile --capath --cert --key --keyform --ciphers --tls-version --insecure --tls-engine --tls-engine-kpass-sha1 --tls-use-os-certs --psk --psk-identity --proxy',
  own: {
    '-C': `disconnect and exit after receiving the 'msg_count' messages.`,
    '-E': `Exit once all subscriptions have been acknowledged by the broker.`,
    '-q': `quality of service level to use for the subscription. Defaults to 0.`,
    '-t': `mqtt topic to subscribe to. May be repeated multiple times.`,
    '-T': `topic string to filter out of results. May be repeated.`,
    '-U': `unsubscribe from a topic. May be repeated.`,
    '-v': `print published messages verbosely.`,
    '-W': `Specifies a timeout in seconds how long to process incoming MQTT messages.`,
    '--random-filter': `only print a percentage of received messages. Set to 100 to have all
                   messages printed, 50.0 to have half of the messages received on average
                   printed, and so on.`,
    '--retained-only': `only handle messages with the retained flag set, and exit when the
                   first non-retained message is received.`,
    '--remove-retained': `send a message to the server to clear any received retained messages
                     Use -T to filter out messages you do not want to be cleared.`,
    '--tls-engine': `If set, enables the use of a SSL engine device.`,
  },
});
