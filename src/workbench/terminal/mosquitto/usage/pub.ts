import { usageText } from './options.ts';

/** The output of `mosquitto_pub --help`; its licence is in options.ts. */
export const pub = usageText({
  program: 'mosquitto_pub',
  head: `mosquitto_pub is a simple mqtt client that will publish a message on a single topic and exit.
mosquitto_pub version {version} running on libmosquitto {library}.

Usage: mosquitto_pub {[-h host] [--unix path] [-p port] [-u username] [-P password] -t topic | -L URL}
                     {-f file | -l | -n | -m message}
                     [-c] [-k keepalive] [-q qos] [-r] [--repeat N] [--repeat-delay time] [-x session-expiry]
                     [-A bind_address] [--nodelay]
                     [-i id] [-I id_prefix]
                     [-d] [--quiet]
                     [-M max_inflight]
                     [-u username [-P password]]
                     [--will-topic [--will-payload payload] [--will-qos qos] [--will-retain]]
                     [{--cafile file | --capath dir} [--cert file] [--key file]
                       [--ciphers ciphers] [--insecure]
                       [--tls-alpn protocol]
                       [--tls-engine engine] [--keyform keyform] [--tls-engine-kpass-sha1]]
                       [--tls-use-os-certs]
                     [--psk hex-key --psk-identity identity [--ciphers ciphers]]
                     [--proxy socks-url]
                     [--property command identifier value]
                     [-D command identifier value]
       mosquitto_pub --help

`,
  options:
    '-A -d -c -D -f -h -i -I -k -L -l -m -M -n -p -P -q -r -s -t -u -V -x --help --nodelay --quiet --repeat --repeat-delay --unix --will-payload --will-qos --will-retain --will-topic --cafile --capath --cert --key --keyform --ciphers --tls-version --insecure --tls-engine --tls-engine-kpass-sha1 --tls-use-os-certs --psk --psk-identity --proxy',
  own: {
    '-f': `send the contents of a file as the message.`,
    '-l': `read messages from stdin, sending a separate message for each line.`,
    '-m': `message payload to send.`,
    '-M': `the maximum inflight messages for QoS 1/2..`,
    '-n': `send a null (zero length) message.`,
    '-q': `quality of service level to use for all messages. Defaults to 0.`,
    '-r': `message should be retained.`,
    '-s': `read message from stdin, sending the entire input as a message.`,
    '-t': `mqtt topic to publish to.`,
    '--repeat': `if publish mode is -f, -m, or -s, then repeat the publish N times.`,
    '--repeat-delay': `if using --repeat, wait time seconds between publishes. Defaults to 0.`,
    '--cafile': `path to a file containing trusted CA certificates to enable encrypted
            communication.`,
    '--tls-engine': `If set, enables the use of a TLS engine device.`,
  },
});
