/**
 * The help of the Mosquitto clients' options: the text of Mosquitto 2.0.11 as Debian builds it,
 * copyright (c) 2009-2020 Roger Light and others, Eclipse Distribution License 1.0 (BSD-3-Clause).
 */

/** The text of each option that two clients or more have in common. */
const common: Record<string, string> = {
  '-A': `bind the outgoing socket to this host/ip address. Use to control which interface
      the client communicates over.`,
  '-d': `enable debug messages.`,
  '-c': `disable clean session/enable persistent client mode
      When this argument is used, the broker will be instructed not to clean existing sessions
      for the same client id when the client connects, and sessions will never expire when the
      client disconnects. MQTT v5 clients can change their session expiry interval with the -x
      argument.`,
  '-D': `Define MQTT v5 properties. See the documentation for more details.`,
  '-h': `mqtt host to connect to. Defaults to localhost.`,
  '-i': `id to use for this client. Defaults to {program}_ appended with the process id.`,
  '-I': `define the client id as id_prefix appended with the process id. Useful for when the
      broker is using the clientid_prefixes option.`,
  '-k': `keep alive in seconds for this client. Defaults to 60.`,
  '-L': `specify user, password, hostname, port and topic as a URL in the form:
      mqtt(s)://[username[:password]@]host[:port]/topic`,
  '-p': `network port to connect to. Defaults to 1883 for plain MQTT and 8883 for MQTT over TLS.`,
  '-P': `provide a password`,
  '-u': `provide a username`,
  '-V': `specify the version of the MQTT protocol to use when connecting.
      Can be mqttv5, mqttv311 or mqttv31. Defaults to mqttv311.`,
  '-x': `Set the session-expiry-interval property on the CONNECT packet. Applies to MQTT v5
      clients only. Set to 0-4294967294 to specify the session will expire in that many
      seconds after the client disconnects, or use -1, 4294967295, or ∞ for a session
      that does not expire. Defaults to -1 if -c is also given, or 0 if -c not given.`,
  '--help': `display this message.`,
  '--nodelay': `disable Nagle's algorithm, to reduce socket sending latency at the possible
             expense of more packets being sent.`,
  '--quiet': `don't print error messages.`,
  '--unix': `connect to a broker through a unix domain socket instead of a TCP socket,
          e.g. /tmp/mosquitto.sock`,
  '--will-payload': `payload for the client Will, which is sent by the broker in case of
                  unexpected disconnection. If not given and will-topic is set, a zero
                  length message will be sent.`,
  '--will-qos': `QoS level for the client Will.`,
  '--will-retain': `if given, make the client Will retained.`,
  '--will-topic': `the topic on which to publish the client Will.`,
  '--cafile': `path to a file containing trusted CA certificates to enable encrypted
            certificate based communication.`,
  '--capath': `path to a directory containing trusted CA certificates to enable encrypted
            communication.`,
  '--cert': `client certificate for authentication, if required by server.`,
  '--key': `client private key for authentication, if required by server.`,
  '--keyform': `keyfile type, can be either "pem" or "engine".`,
  '--ciphers': `openssl compatible list of TLS ciphers to support.`,
  '--tls-version': `TLS protocol version, can be one of tlsv1.3 tlsv1.2 or tlsv1.1.
                 Defaults to tlsv1.2 if available.`,
  '--insecure': `do not check that the server certificate hostname matches the remote
              hostname. Using this option means that you cannot be sure that the
              remote host is the server you wish to connect to and so is insecure.
              Do not use this option in a production environment.`,
  '--tls-engine-kpass-sha1': `SHA1 of the key password to be used with the selected SSL engine.`,
  '--tls-use-os-certs': `Load and trust OS provided CA certificates.`,
  '--psk': `pre-shared-key in hexadecimal (no leading 0x) to enable TLS-PSK mode.`,
  '--psk-identity': `client identity string for TLS-PSK mode.`,
  '--proxy': `SOCKS5 proxy URL of the form:
           socks5h://[username[:password]@]hostname[:port]
           Only "none" and "username" authentication is supported.`,
  '-F': `output format.`,
  '-N': `do not add an end of line character when printing the payload.`,
  '-R': `do not print stale messages (those with retain set).`,
  '--pretty': `print formatted output rather than minimised output when using the
            JSON output format option.`,
};

export interface UsageText {
  program: string;
  /** The text before the options. */
  head: string;
  /** In the order of the text, separated by spaces. */
  options: string;
  /** Options of this client only, or with a text of its own. */
  own: Record<string, string>;
}

/** What `--help` prints. */
export function usageText({ program, head, options, own }: UsageText): string {
  const texts = options
    .split(' ')
    .map(
      (option) =>
        ` ${option} : ${(own[option] ?? common[option]!).replaceAll('{program}', program)}\n`,
    );
  return `${head}${texts.join('')}\nSee https://mosquitto.org/ for more information.\n\n`;
}
