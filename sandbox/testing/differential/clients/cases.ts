/** Command lines, good and bad, that both sets of clients are given. `{port}` is the room's port. */
import type { BrokerFiles } from '../../../protocol/exercise.ts';
import type { MosquittoVersion } from '../../../protocol/mosquitto.ts';
import type { FaultRule } from '../../../protocol/faults.ts';
import type { PacketKind, QoS } from '../../../protocol/mqtt.ts';

export interface Publish {
  topic: string;
  payload: string;
  qos?: QoS;
  retain?: boolean;
}
export interface ClientCase {
  line: string;
  /** The first version that it is for. */
  since?: MosquittoVersion;
  /** The first that it is no longer for. */
  until?: MosquittoVersion;
  /** Published before the line runs; mostly retained. */
  before?: Publish[];
  /** Published once the line's first subscription is acknowledged. */
  then?: Publish[];
  /** Ctrl-C once it has said that it is subscribed (with -d). */
  interrupt?: true;
  /** The broker's files; everybody may do everything without them. */
  files?: BrokerFiles;
  /** What happens to its lines. */
  faults?: FaultRule[];
  /** The output has a time in it: digits are not compared. */
  clock?: true;
}

const retained = (topic: string, payload: string): Publish => ({ topic, payload, retain: true });
const one: Publish[] = [{ topic: 'a/b', payload: 'one' }];
const passwords: BrokerFiles = {
  'mosquitto.conf':
    'listener 1883\nallow_anonymous false\npassword_file /etc/mosquitto/passwd\nacl_file /etc/mosquitto/acl\n',
  // alice's password is `secret`.
  passwd:
    'alice:$7$101$AAECAwQFBgcICQoL$Xr99N9ym9ys8TWxis5ajETJq6EVYzmc6nb8t3pUYnPBbCAbICS4xejTltonXWCtJNBvA+By+TXUqU6qCblO00w==\n',
  acl: 'user alice\ntopic readwrite a/#\ntopic read $SYS/#\n',
};

/** The packet never comes, and its line ends. */
const lost = (kind: PacketKind): FaultRule => ({
  client: 'cut',
  direction: 'to-client',
  kind,
  action: { do: 'drop-and-cut' },
});

export const cases: ClientCase[] = [
  // ── Publishing ──
  { line: 'mosquitto_pub -t a/b -m hello' },
  { line: 'mosquitto_pub -t a/b -m hello -q 1' },
  { line: 'mosquitto_pub -t a/b -m hello -q 2 -d' },
  { line: 'mosquitto_pub -t a/b -m hello -r -d' },
  { line: 'mosquitto_pub -t a/b -n -r', before: [retained('a/b', 'old')] },
  { line: "mosquitto_pub -t a/b -m ''" },
  { line: 'mosquitto_pub --topic a/b --message hello --qos 1 --retain --debug' },
  { line: 'echo hello | mosquitto_pub -t a/b -s' },
  { line: 'seq 3 | mosquitto_pub -t a/b -l' },
  // That of 2.1.2 may leave before the last acknowledgement.
  { line: 'seq 3 | mosquitto_pub -t a/b -l -q 1 -d', until: '2.1.2' },
  { line: 'seq 40 | mosquitto_pub -t a/b -l -q 2', until: '2.1.2' },
  { line: 'echo -n | mosquitto_pub -t a/b -l' },
  { line: 'echo -n | mosquitto_pub -t a/b -s' },
  { line: 'echo x > m.txt; mosquitto_pub -t a/b -f m.txt' },
  { line: 'mosquitto_pub -t a/b -f nosuch.txt' },
  { line: 'mosquitto_pub -t a/b -m again --repeat 3 --repeat-delay 0.05' },
  { line: 'mosquitto_pub -t a/b -m again --repeat 2 -q 1' },
  { line: 'mosquitto_pub -t a/b -m hi -i my-client -c' },
  { line: 'mosquitto_pub -t a/b -m hi -I room-' },
  { line: 'mosquitto_pub -t a/b -m hi -V mqttv31' },
  { line: 'mosquitto_pub -t a/b -m hi -V 5 -d' },
  { line: 'mosquitto_pub -t a/b -m hi -V mqttv5 -x 30 -i five' },
  { line: 'mosquitto_pub -t a/b -m hi -q 1 -D publish content-type text/plain -D publish user-property k v' },
  { line: 'mosquitto_pub -t a/b -m hi -D publish message-expiry-interval 60 -D publish topic-alias 1 --repeat 2 -q 1' },
  { line: 'mosquitto_pub -t a/b -m hi -D connect receive-maximum 7 -D connect user-property a b' },
  { line: 'mosquitto_pub -t a/b -m hi -k 5 --nodelay -M 3' },
  { line: 'mosquitto_pub -t a/b -m hi --will-topic w --will-payload gone --will-qos 1 --will-retain' },
  { line: 'mosquitto_pub -L mqtt://localhost:{port}/a/b -m hello' },
  { line: 'mosquitto_pub -h localhost -p 9 -t a/b -m hello' },
  { line: 'mosquitto_pub -h localhost -p 9 -t a/b -m hello --quiet' },
  { line: 'mosquitto_pub -h no-such-host.invalid -t a/b -m hello' },
  { line: 'mosquitto_pub -t 台灣/溫度 -m 二十一度' },
  { line: "mosquitto_pub -t '' -m hello" },
  { line: "mosquitto_pub -t a/b -m hello -i ''" },
  { line: 'mosquitto_pub -t a/b -m hello -V 5 -c -x 60' },
  { line: 'mosquitto_pub -t a/b -m hello -V 5 -D disconnect user-property bye now -D connect request-problem-information 0 -d' },
  { line: 'mosquitto_pub -t a/b -m hi -D publish correlation-data abc -D publish response-topic a/c -D publish payload-format-indicator 1' },
  { line: 'mosquitto_pub -t a/b -m hi --will-topic w -D will will-delay-interval 5 -D will content-type x' },
  { line: 'mosquitto_pub -t a/b -m hi --will-topic w --unix /tmp/no.sock' },
  // ── Subscribing ──
  { line: 'mosquitto_sub -t a/b -V 31 -E' },
  { line: 'mosquitto_sub -t a/b -t a/b -t "#" -C 2 -v', then: [...one, { topic: 'c', payload: 'two' }] },
  { line: 'mosquitto_sub -t a/b -W 1 -U c/d -D unsubscribe user-property a b -D subscribe user-property c d' },
  { line: 'mosquitto_sub -t "$share/g/a/b" -E -d -V 5' },
  { line: "mosquitto_sub -t '$share/g/a/b' -C 1 -V 5 -v", then: one },
  { line: 'mosquitto_sub -t a/b -C 1 -c -i keeper -V 5 -q 2 -d', then: [{ topic: 'a/b', payload: 'x', qos: 2 }] },
  { line: 'mosquitto_sub -t a/b -C 1', then: one },
  { line: 'mosquitto_sub -t a/b -C 1 -v -d', then: one },
  { line: 'mosquitto_sub -t "a/#" -t c/+ -C 2 -v', then: [...one, { topic: 'c/d', payload: 'two' }] },
  { line: 'mosquitto_sub -t sensors/# -C 1 -v', then: [{ topic: 'sensors/x', payload: '1' }] },
  { line: 'mosquitto_sub -t a/b -q 1 -C 1 -d', then: [{ topic: 'a/b', payload: 'one', qos: 1 }] },
  { line: 'mosquitto_sub -t a/b -q 2 -C 1 -d', then: [{ topic: 'a/b', payload: 'one', qos: 2 }] },
  { line: 'mosquitto_sub -t a/b -C 2 -N', then: [...one, { topic: 'a/b', payload: 'two' }] },
  { line: 'mosquitto_sub -t a/b -v -C 1', then: [{ topic: 'a/b', payload: '' }] },
  { line: 'mosquitto_sub --topic a/b -C 1', then: [{ topic: 'a/b', payload: '' }] },
  { line: 'mosquitto_sub -t "a/#" -R -C 1', before: [retained('a/r', 'old')], then: one },
  { line: 'mosquitto_sub -t "a/#" -T a/r -C 1 -v', before: [retained('a/r', 'old')], then: one },
  { line: 'mosquitto_sub -t "a/#" --retained-only -v', before: [retained('a/r', 'old')], then: one },
  { line: 'mosquitto_sub -t "a/#" --remove-retained -W 1 -v', before: [retained('a/r', 'old')] },
  { line: 'mosquitto_sub -t a/b -E' },
  { line: 'mosquitto_sub -t a/b -W 1 -d -q 1 -U old/topic' },
  { line: 'mosquitto_sub -t a/b -W 1' },
  { line: 'mosquitto_sub -t a/b -W 1 --quiet' },
  { line: 'mosquitto_sub -t a/b -c -i keeper -q 1 -E -d' },
  { line: 'mosquitto_sub -t a/b -E -V 5 -d' },
  { line: 'mosquitto_sub -t a/b -E -V 5 -R --retain-as-published -D subscribe subscription-identifier 7' },
  { line: 'mosquitto_sub -t a/b -V 5 -x -1 -i keeper -E' },
  { line: "mosquitto_sub -t '$SYS/broker/version' -C 1 -F %t" },
  { line: 'mosquitto_sub -t "$SYS/broker/version" -E -d' },
  { line: 'mosquitto_sub -t a/b -d', interrupt: true },
  { line: 'mosquitto_sub -t a/b -V 5 -d --will-topic w --will-payload gone', interrupt: true },
  { line: 'mosquitto_sub -h localhost -p 9 -t a/b' },
  // ── Lines that are cut ──
  { line: 'echo one | mosquitto_pub -t a/b -l -q 1 -i cut -c -d', faults: [lost('PUBACK')], until: '2.1.2' },
  { line: 'echo one | mosquitto_pub -t a/b -l -q 2 -i cut -c -d', faults: [lost('PUBCOMP')], until: '2.1.2' },
  { line: 'mosquitto_pub -t a/b -m hi -q 1 -i cut', faults: [lost('PUBACK')] },
  { line: 'mosquitto_rr -t ask -e answer -m question -i cut', faults: [lost('SUBACK')] },
  // ── Output formats ──
  { line: "mosquitto_sub -t a/b -C 1 -F '%t|%p|%q|%r|%l|%m|%%|%x|%X|\\t|@@'", then: one },
  { line: "mosquitto_sub -t a/b -C 1 -F '[%10t][%-10t][%.2t][%010l][%-5l][%5p][%2p][%8x]'", then: one },
  { line: 'mosquitto_sub -t a/b -C 1 -F %j', then: [{ topic: 'a/b', payload: 'say "hi"\n' }], clock: true },
  { line: 'mosquitto_sub -t a/b -C 1 -F %J', then: [{ topic: 'a/b', payload: '{"t": 21.50, "ok": [true, null]}' }], clock: true },
  { line: 'mosquitto_sub -t a/b -C 1 -F %J --pretty', then: [{ topic: 'a/b', payload: '{"t":21,"l":[1,{"a":"b"}],"e":{}}' }], clock: true },
  { line: 'mosquitto_sub -t a/b -F %J -C 1', then: [{ topic: 'a/b', payload: 'not json' }] },
  ...['{"\\u540d": "\\u6eab\\u5ea6", "face": "\\ud83d\\ude00"}', '{"id": 1724442618569203714, "10": 1, "9": 2, "a": 1, "a": 2}', '{"a": "x\\u0000y", "e": {}, "l": []}', '[01, -0, 1., 1e20, 0.1, 1e-5, 123456789012]', '[+1]', '{"a":1} ', '"\\ud83d"'].map((payload) => ({ line: `mosquitto_sub -t a/b -C 1 -F %J # ${payload.replace(/\W/g, '')}`, then: [{ topic: 'a/b', payload }], clock: true as const })),
  { line: "mosquitto_sub -t a/b -C 1 -F '%I @Y-@m-@d @H:@M:@S @j @a @b @e %U'", then: one, clock: true },
  { line: "mosquitto_sub -t a/b -C 1 -V 5 -F '%C|%E|%F|%P|%R|%S|%A|%D|%j' -D subscribe subscription-identifier 3", then: one, clock: true },
  // ── Requests ──
  { line: 'mosquitto_rr -t ask -e answer -m question -W 1' },
  { line: 'mosquitto_rr -t ask -e answer -m question', before: [retained('answer', 'already')] },
  { line: 'mosquitto_rr -t ask -e answer -m question -V 311 -v', before: [retained('answer', 'already')] },
  { line: 'mosquitto_rr -t ask -m question' },
  { line: 'mosquitto_rr -t ask -e answer -m q -D publish response-topic other' },
  // ── Users and rights ──
  { line: 'mosquitto_pub -t a/b -m hi', files: passwords },
  { line: 'mosquitto_pub -t a/b -m hi -V 5', files: passwords },
  { line: 'seq 2 | mosquitto_pub -t a/b -l', files: passwords },
  { line: 'mosquitto_pub -t a/b -m hi -u alice -P wrong', files: passwords },
  { line: 'mosquitto_pub -t a/b -m hi -u alice -P secret -q 1', files: passwords },
  { line: 'mosquitto_pub -t not/mine -m hi -u alice -P secret -q 1 -V 5 -d', files: passwords },
  { line: 'mosquitto_sub -t a/b -u alice -P wrong', files: passwords },
  { line: 'mosquitto_sub -t a/b -u alice -P wrong -V 5 -d', files: passwords },
  { line: 'mosquitto_sub -t a/b -u alice -P secret -E', files: passwords },
  { line: 'mosquitto_rr -t ask -e answer -m q -u alice -P wrong', files: passwords },
  { line: 'mosquitto_pub -t a/b -m hi -P secret' },
  // ── What the clients refuse ──
  { line: 'mosquitto_pub' },
  { line: 'mosquitto_pub -t a/b' },
  { line: 'mosquitto_pub -m hi' },
  { line: 'mosquitto_pub -t a/# -m hi' },
  { line: 'mosquitto_pub -t a/+/b -m hi' },
  { line: 'mosquitto_pub -t a -m hi -n' },
  { line: 'mosquitto_pub -t a -m' },
  { line: 'mosquitto_pub -t a -m hi -q 3' },
  { line: 'mosquitto_pub -t a -m hi -p 70000' },
  { line: 'mosquitto_pub -t a -m hi -k 2' },
  { line: 'mosquitto_pub -t a -m hi -V 4' },
  { line: 'mosquitto_pub -t a -m hi -v' },
  { line: 'mosquitto_pub -t a -m hi -c' },
  { line: 'mosquitto_pub -t a -m hi -i x -I y' },
  { line: 'mosquitto_pub -t a -m hi --will-payload x' },
  { line: 'mosquitto_pub -t a -m hi --will-topic w/#' },
  { line: 'mosquitto_pub -t a -m hi --repeat 0' },
  { line: 'mosquitto_pub -t a -m hi -D publish nonsense 1' },
  { line: 'mosquitto_pub -t a -m hi -D connect content-type x' },
  { line: 'mosquitto_pub -t a -m hi -D publish topic-alias 0' },
  { line: 'mosquitto_pub -t a -m hi -D connect receive-maximum 70000' },
  { line: 'mosquitto_pub -t a -m hi --cafile nosuch.crt' },
  { line: 'mosquitto_pub -t a -m hi --cert c.crt' },
  { line: 'mosquitto_pub -t a -m hi -L http://localhost/a' },
  { line: 'mosquitto_pub -t a -m hi -x soon' },
  { line: 'mosquitto_sub' },
  { line: 'mosquitto_sub -t' },
  { line: 'mosquitto_sub -t a#' },
  { line: 'mosquitto_sub -t a/#/b' },
  { line: 'mosquitto_sub -t a -m hi' },
  { line: 'mosquitto_sub -t a -C 0' },
  { line: 'mosquitto_sub -t a -W 0' },
  { line: 'mosquitto_sub -t a -F %z' },
  { line: "mosquitto_sub -t a -F '100%'" },
  { line: "mosquitto_sub -t a -F '\\d'" },
  { line: 'mosquitto_sub -t a -T b#' },
  { line: 'mosquitto_sub -t a -R --retained-only' },
  { line: 'mosquitto_sub -t a -c' },
  { line: 'mosquitto_sub -t a --random-filter 0' },
  { line: 'mosquitto_sub -t a -c -V 5' },
  { line: 'mosquitto_sub --nonsense' },
  { line: 'mosquitto_sub --help' },
  { line: 'mosquitto_pub --help' },
  { line: 'mosquitto_rr --help' },
  { line: 'mosquitto_sub --version' },
  // ── mosquitto_passwd ──
  { line: 'mosquitto_passwd' },
  { line: 'mosquitto_passwd -c -b pw alice secret; cat pw | cut -c 1-12' },
  { line: 'mosquitto_passwd -c -b pw alice secret; mosquitto_passwd -D pw alice; cat pw' },
  { line: 'mosquitto_passwd -c -b pw alice secret; mosquitto_passwd -D pw bob' },
  { line: 'mosquitto_passwd -b nosuch alice secret' },
  { line: 'mosquitto_passwd -c -D pw alice' },
  { line: 'mosquitto_passwd -c -b pw al:ice secret' },
  { line: 'mosquitto_passwd -H md5 pw alice' },
  { line: 'echo nonsense > pw; mosquitto_passwd -U pw' },
  { line: 'mosquitto_passwd -H argon2id -c -b pw al secret && cat pw | cut -c 1-12' },
  { line: 'mosquitto_passwd -c -b pw alice secret; mosquitto_passwd -b pw bob other; mosquitto_passwd -b pw alice again' },
  { line: 'mosquitto_passwd -c -b pw alice secret; mosquitto_passwd -c -b pw bob secret; mosquitto_passwd -D pw alice' },
  { line: 'mosquitto_passwd -H sha512 -c -b pw alicia12 secret; cat pw | cut -c 1-12' },
  { line: 'mosquitto_passwd -I 5 -c -b pw alicia secret; cat pw | cut -c 1-12' },
  { line: 'mosquitto_passwd -c -b - alice secret | cut -c 1-12', since: '2.1.2' },
  { line: 'echo alice:secret > pw; mosquitto_passwd -U pw; cat pw | cut -c 1-12' },
  // ── What 2.1 brought ──
  { line: 'mosquitto_sub -t "a/#" -V 5 --retain-handling never -W 1', before: [retained('a/r', 'old')] },
  { line: 'mosquitto_sub -t "a/#" -V 5 --retain-handling new -C 1', before: [retained('a/r', 'old')] },
  { line: 'mosquitto_sub -t a --retain-handling sometimes' },
  { line: 'mosquitto_sub -t a --retain-handling' },
  { line: 'mosquitto_pub -t a --retain-handling never -m x' },
  { line: "echo '-q 1' > o; echo '# no' >> o; echo '-i told' >> o; echo -d >> o; mosquitto_pub -o o -p {port} -t a/b -m hi", since: '2.1.2' },
  { line: 'mosquitto_pub -t a -m hi -o', since: '2.1.2' },
  { line: 'mosquitto_pub -o a -t a -m hi -o b' },
  { line: 'mosquitto_pub -t a/b -m hi -x 20 -i five' },
  { line: 'mosquitto_sub -U a/b -W 1 -d' },
  { line: 'mosquitto_pub -t a/b -m hi --no-tls' },
  { line: 'mosquitto_pub -t a/b -m hi --tls-keylog keys' },
  { line: 'mosquitto_pub -t a/b -m hi --tls-keylog' },
  { line: 'mosquitto_rr -t ask -e answer -m q --message-rate' },
  // ── The shell ──
  { line: 'mosquitto_sub -t a/b -E && echo yes || echo no' },
  { line: 'mosquitto_sub -t a -C 0 2>/dev/null || echo "status $?"' },
  { line: `mosquitto_pub -t a/b -m '{"t": 21}' -d | cat` },
  { line: `mosquitto_pub -t a/b -m {"t":21}` },
  { line: 'mosquitto_pub -t a/b -m two words' },
  { line: "mosquitto_pub -t a/b -m it\\'s" },
  { line: 'MESSAGE="two words"; mosquitto_pub -t a/b -m "$MESSAGE"' },
  { line: 'mosquitto_pub -t $UNSET -m x' },
]; // prettier-ignore
