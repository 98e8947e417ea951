import { usageText } from './options.ts';

/** The output of `mosquitto_rr --help`; its licence is in options.ts. */
export const rr = usageText({
  program: 'mosquitto_rr',
  head: `mosquitto_rr is an mqtt client that can be used to publish a request message and wait for a response.
             Defaults to MQTT v5, where the Request-Response feature will be used, but v3.1.1 can also be used
             with v3.1.1 brokers.
mosquitto_rr version {version} running on libmosquitto {library}.

Usage: mosquitto_rr {[-h host] [--unix path] [-p port] [-u username] [-P password] -t topic | -L URL} -e response-topic
                    [-c] [-k keepalive] [-q qos] [-R] [-x session-expiry-interval
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
       mosquitto_rr --help

`,
  options:
    '-A -c -d -D -e -F -h -i -k -L -N -p -P -q -R -t -u -v -V -W -x --help --nodelay --pretty --quiet --unix --will-payload --will-qos --will-retain --will-topic --cafile --capath --cert --key --ciphers --tls-use-os-certs --tls-version --insecure --psk --psk-identity --proxy',
  own: {
    '-e': `Response topic. The client will subscribe to this topic to wait for a response.`,
    '-q': `quality of service level to use for communications. Defaults to 0.`,
    '-t': `topic where the request message will be sent.`,
    '-v': `print received messages verbosely.`,
    '-V': `specify the version of the MQTT protocol to use when connecting.
      Defaults to 5.`,
    '-W': `Specifies a timeout in seconds how long to wait for a response.`,
  },
});
