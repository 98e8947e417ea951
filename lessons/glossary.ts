/* eslint-disable max-lines -- one table: each term with its words in both languages */
/** The terms of the course, each once, in both languages. `<Term id>` in a lesson shows one. */
import type { InBoth } from './course.ts';

export interface Term {
  term: InBoth;
  /** One or two sentences, plain text. */
  means: InBoth;
}

export const glossary = {
  broker: {
    term: { en: 'broker', 'zh-tw': '訊息代理（broker）' },
    means: {
      en: 'The program in the middle. It takes messages from publishers and passes each one to the clients that have subscribed to its topic. The specification calls it the server.',
      'zh-tw':
        '站在中間的程式。它收下發布者的訊息，再轉交給訂閱了該主題的用戶端。規格書稱它為「伺服器」（Server）。',
    },
  },
  client: {
    term: { en: 'client', 'zh-tw': '用戶端（client）' },
    means: {
      en: 'A program that connects to a broker. It may publish, subscribe, or do both.',
      'zh-tw': '連上 broker 的程式。它可以發布、可以訂閱，也可以兩者都做。',
    },
  },
  publisher: {
    term: { en: 'publisher', 'zh-tw': '發布者（publisher）' },
    means: {
      en: 'A client while it sends a message to the broker.',
      'zh-tw': '正在把訊息送給 broker 的用戶端。',
    },
  },
  subscriber: {
    term: { en: 'subscriber', 'zh-tw': '訂閱者（subscriber）' },
    means: {
      en: 'A client that has asked the broker for the messages on certain topics.',
      'zh-tw': '向 broker 要求收到某些主題訊息的用戶端。',
    },
  },
  topic: {
    term: { en: 'topic', 'zh-tw': '主題（topic）' },
    means: {
      en: 'The name written on a message, such as hello/mqtt. The broker compares it, character by character, with what clients have subscribed to.',
      'zh-tw': '寫在訊息上的名稱，例如 hello/mqtt。broker 會拿它和各用戶端的訂閱逐字元比對。',
    },
  },
  payload: {
    term: { en: 'payload', 'zh-tw': '訊息內容（payload）' },
    means: {
      en: 'What a message carries: any bytes, even none. The broker does not look inside.',
      'zh-tw': '訊息實際攜帶的東西：任意的位元組，也可以是空的。broker 不會去解讀它。',
    },
  },
  packet: {
    term: { en: 'packet', 'zh-tw': '封包（packet）' },
    means: {
      en: 'One unit that MQTT sends, such as CONNECT or PUBLISH. MQTT 3.1.1 has 14 kinds, MQTT 5.0 has 15.',
      'zh-tw':
        'MQTT 一次傳送的單位，例如 CONNECT 或 PUBLISH。MQTT 3.1.1 有 14 種，MQTT 5.0 有 15 種。',
    },
  },
  message: {
    term: { en: 'message', 'zh-tw': '訊息（message）' },
    means: {
      en: 'A topic and a payload, together with its settings: its QoS, and whether it is retained.',
      'zh-tw': '一個主題加上一段內容，再加上傳送時的設定：QoS，以及要不要保留。',
    },
  },
  publish: {
    term: { en: 'publish', 'zh-tw': '發布（publish）' },
    means: {
      en: 'To send a message to the broker, in a PUBLISH packet. The publisher does not say who receives it.',
      'zh-tw': '用 PUBLISH 封包把訊息送給 broker。發布者不指定誰來收。',
    },
  },
  subscribe: {
    term: { en: 'subscribe', 'zh-tw': '訂閱（subscribe）' },
    means: {
      en: 'To ask the broker for the messages on topics that match a filter, with a SUBSCRIBE packet.',
      'zh-tw': '用 SUBSCRIBE 封包告訴 broker：主題符合某個過濾器的訊息，我都要。',
    },
  },
  subscription: {
    term: { en: 'subscription', 'zh-tw': '訂閱項目（subscription）' },
    means: {
      en: 'What the broker notes of a SUBSCRIBE: a client, a topic filter, and the highest quality of service granted to it.',
      'zh-tw': 'broker 為一次 SUBSCRIBE 記下的內容：哪個用戶端、哪個主題過濾器、核准的最高 QoS。',
    },
  },
  'topic-level': {
    term: { en: 'topic level', 'zh-tw': '主題層級（topic level）' },
    means: {
      en: 'One part of a topic between slashes. home/lamp has two levels.',
      'zh-tw': '主題中以斜線分開的每一段，例如 home/lamp 有兩層。',
    },
  },
  'topic-filter': {
    term: { en: 'topic filter', 'zh-tw': '主題過濾器（topic filter）' },
    means: {
      en: 'What a client subscribes to: a topic, or a pattern with wildcards that many topics match.',
      'zh-tw': '用戶端訂閱時給的條件：可以是一個主題，也可以帶萬用字元，一次符合很多主題。',
    },
  },
  wildcard: {
    term: { en: 'wildcard', 'zh-tw': '萬用字元（wildcard）' },
    means: {
      en: '+ stands for exactly one level of a topic, # for any number of levels at its end. Wildcards belong in filters; a message is always published to a plain topic.',
      'zh-tw':
        '+ 代表剛好一層，# 代表後面的任意多層。萬用字元只能用在過濾器裡；發布時一定是完整的主題。',
    },
  },
  'retained-message': {
    term: { en: 'retained message', 'zh-tw': '保留訊息（retained message）' },
    means: {
      en: 'A message that the broker keeps for its topic, and hands at once to clients that subscribe later. There is at most one for a topic: the last.',
      'zh-tw':
        'broker 為某個主題留存的訊息，之後有用戶端來訂閱，就馬上送給它。每個主題最多一則，也就是最後那一則。',
    },
  },
  qos: {
    term: { en: 'quality of service (QoS)', 'zh-tw': '服務品質（QoS）' },
    means: {
      en: 'What both ends of one hop agree on: 0 at most once, 1 at least once, 2 exactly once. It holds between publisher and broker, and again between broker and subscriber.',
      'zh-tw':
        '一段路（hop）的兩端約定確認到什麼程度：0 最多一次，1 至少一次，2 恰好一次。發布者到 broker 是一段，broker 到訂閱者是另一段，各自約定。',
    },
  },
  'packet-identifier': {
    term: { en: 'packet identifier', 'zh-tw': '封包識別碼（packet identifier）' },
    means: {
      en: 'A number from 1 to 65,535 that ties a packet to its answers: a PUBLISH at QoS 1 or 2, a SUBSCRIBE, an UNSUBSCRIBE. It belongs to one client’s session and one direction; a message sent again after a reconnect keeps it. It is free again when the exchange is complete.',
      'zh-tw':
        '1 到 65,535 之間的數字，把封包和它的回應配成對：QoS 1、2 的 PUBLISH，以及 SUBSCRIBE、UNSUBSCRIBE。只在一個用戶端的工作階段、單一方向上有意義；重新連線後重送，號碼不變。流程走完才會再拿來用。',
    },
  },
  dup: {
    term: { en: 'DUP flag', 'zh-tw': 'DUP 旗標' },
    means: {
      en: 'A bit of PUBLISH that says: this packet may have been sent before. It does not say that the message is a copy.',
      'zh-tw': 'PUBLISH 裡的一個位元，意思是「這個封包以前可能送過」，不代表這則訊息一定是重複的。',
    },
  },
  acknowledgement: {
    term: { en: 'acknowledgement', 'zh-tw': '確認（acknowledgement）' },
    means: {
      en: 'A packet that says that another one has arrived, such as PUBACK for a PUBLISH at QoS 1.',
      'zh-tw': '表示「收到了」的封包，例如 QoS 1 的 PUBLISH 會得到 PUBACK。',
    },
  },
  'in-flight': {
    term: { en: 'in flight', 'zh-tw': '傳送中（in flight）' },
    means: {
      en: 'Sent, and not yet fully acknowledged. Both sides may limit how many messages are in flight at once; MQTT 5.0 has Receive Maximum for it.',
      'zh-tw':
        '已經送出、確認流程還沒走完。兩端都可以限制同時有多少則訊息在傳送中；MQTT 5.0 用接收上限來約定。',
    },
  },
  idempotent: {
    term: { en: 'idempotent', 'zh-tw': '冪等（idempotent）' },
    means: {
      en: 'Having the same effect once or many times. “Switch on” is; “toggle” is not.',
      'zh-tw': '做一次和做很多次，結果都一樣。「打開」是冪等的，「切換」就不是。',
    },
  },
  session: {
    term: { en: 'session', 'zh-tw': '工作階段（session）' },
    means: {
      en: 'What broker and client remember for each other, and can keep after the connection ends: subscriptions, and messages that are not yet delivered.',
      'zh-tw': 'broker 和用戶端替對方記住、斷線後也可以留著的東西：訂閱項目，以及還沒送完的訊息。',
    },
  },
  'persistent-session': {
    term: { en: 'persistent session', 'zh-tw': '持續性工作階段（persistent session）' },
    means: {
      en: 'A session that stays after its connection has ended: messages at QoS 1 and 2 wait for the client to come back.',
      'zh-tw': '連線斷了仍然留著的工作階段：QoS 1 和 2 的訊息會等用戶端回來。',
    },
  },
  persistence: {
    term: { en: 'persistence', 'zh-tw': '持久化（persistence）' },
    means: {
      en: 'That a broker writes retained messages, sessions and waiting messages to a disk, and reads them when it starts again. Mosquitto does so only with persistence true.',
      'zh-tw':
        'broker 把保留訊息、工作階段和排隊中的訊息寫進磁碟，下次啟動時再讀回來。Mosquitto 要設定 persistence true 才會這麼做。',
    },
  },
  'clean-session': {
    term: { en: 'Clean Session', 'zh-tw': 'Clean Session' },
    means: {
      en: 'The flag of CONNECT that asks for a session that starts empty and, in 3.1.1, ends with the connection. MQTT 5.0 splits it: Clean Start for the beginning, Session Expiry Interval for the end.',
      'zh-tw':
        'CONNECT 裡的旗標：從空白的工作階段開始；在 3.1.1，連線結束時工作階段也跟著結束。MQTT 5.0 把它拆成兩個：開始由 Clean Start 決定，結束由工作階段有效期限決定。',
    },
  },
  'session-present': {
    term: { en: 'Session Present', 'zh-tw': 'Session Present' },
    means: {
      en: 'The flag of CONNACK that says that the broker still has the earlier session.',
      'zh-tw': 'CONNACK 裡的旗標，broker 用它表示先前的工作階段還在。',
    },
  },
  'client-identifier': {
    term: { en: 'client identifier', 'zh-tw': '用戶端識別碼（client id）' },
    means: {
      en: 'The name by which the broker knows a client and its session. Two clients with the same one disconnect each other.',
      'zh-tw': 'broker 用來辨認用戶端和工作階段的名稱。兩個用戶端用同一個，就會互相把對方踢下線。',
    },
  },
  'keep-alive': {
    term: { en: 'keep alive', 'zh-tw': 'Keep Alive（保持連線）' },
    means: {
      en: 'A client’s promise: it sends at least one packet in so many seconds. After one and a half times as long without a packet the broker closes the connection. 0 switches this off.',
      'zh-tw':
        '用戶端承諾：最久隔多少秒，一定會送出一個封包。超過 1.5 倍還沒動靜，broker 就當連線斷了。0 表示不檢查。',
    },
  },
  'half-open': {
    term: { en: 'half-open connection', 'zh-tw': '半開連線（half-open connection）' },
    means: {
      en: 'A connection whose other end has gone without closing it, for example in a power failure. Only silence shows it.',
      'zh-tw': '另一端沒有關閉就消失的連線，例如突然斷電。只能從一直沒有動靜看出來。',
    },
  },
  'back-off': {
    term: { en: 'back-off', 'zh-tw': '退讓（back-off）' },
    means: {
      en: 'To wait longer after each failed try, up to a limit, so that a program in trouble gets rest.',
      'zh-tw': '每失敗一次就等得更久，直到上限，讓出問題的程式有時間恢復。',
    },
  },
  jitter: {
    term: { en: 'jitter', 'zh-tw': '隨機抖動（jitter）' },
    means: {
      en: 'A random part of a wait, so that clients that failed together do not try again together.',
      'zh-tw': '等待時間裡隨機的部分，讓一起失敗的用戶端不會又一起重試。',
    },
  },
  'last-will': {
    term: { en: 'last will', 'zh-tw': '遺囑訊息（Last Will）' },
    means: {
      en: 'A message that the client leaves with the broker when it connects. The broker publishes it if the connection ends without DISCONNECT.',
      'zh-tw':
        '用戶端連線時寄放在 broker 的訊息。如果連線沒有 DISCONNECT 就結束，broker 就替它發布。',
    },
  },
  presence: {
    term: { en: 'presence', 'zh-tw': '上線狀態（presence）' },
    means: {
      en: 'Knowing who is there: “online”, retained, when connecting, and “offline” as the last will.',
      'zh-tw': '知道誰在線上、誰離線了：連線時發布並保留「online」，再把「offline」設成遺囑訊息。',
    },
  },
  handshake: {
    term: { en: 'handshake', 'zh-tw': '交握（handshake）' },
    means: {
      en: 'The first exchange on a connection, in which both sides agree on how to go on: CONNECT and CONNACK in MQTT.',
      'zh-tw': '連線一開始的一來一回，雙方談好接下來怎麼進行；在 MQTT 是 CONNECT 與 CONNACK。',
    },
  },
  listener: {
    term: { en: 'listener', 'zh-tw': 'listener（監聽器）' },
    means: {
      en: 'A port on which a broker waits for clients, with the rules that hold there.',
      'zh-tw': 'broker 等用戶端連進來的連接埠，以及那個連接埠適用的規則。',
    },
  },
  port: {
    term: { en: 'port', 'zh-tw': '連接埠（port）' },
    means: {
      en: 'A number by which one machine tells its services apart. MQTT usually has 1883, and 8883 with TLS.',
      'zh-tw': '一台機器用來區分各項服務的號碼。MQTT 通常用 1883，加上 TLS 則用 8883。',
    },
  },
  credential: {
    term: { en: 'credential', 'zh-tw': '認證資訊（credential）' },
    means: {
      en: 'What a client proves itself with: a user name and a password, or a certificate.',
      'zh-tw': '用戶端用來證明身分的東西：使用者名稱和密碼，或是憑證。',
    },
  },
  'access-control-list': {
    term: { en: 'access control list (ACL)', 'zh-tw': '存取控制清單（ACL）' },
    means: {
      en: 'The rules that say who may publish to and receive from which topics.',
      'zh-tw': '規定誰可以發布到哪些主題、誰可以收哪些主題的清單。',
    },
  },
  tls: {
    term: { en: 'TLS', 'zh-tw': 'TLS' },
    means: {
      en: 'Transport Layer Security: it encrypts a connection and proves who the server is. MQTT itself encrypts nothing.',
      'zh-tw': '傳輸層安全協定：替連線加密，並證明伺服器的身分。MQTT 本身不做任何加密。',
    },
  },
  certificate: {
    term: { en: 'certificate', 'zh-tw': '憑證（certificate）' },
    means: {
      en: 'A public key with a name, signed by an authority that others trust.',
      'zh-tw': '一把公開金鑰加上名稱，由大家信任的機構簽章。',
    },
  },
  'common-name': {
    term: { en: 'common name (CN)', 'zh-tw': '通用名稱（CN）' },
    means: {
      en: 'The name in a certificate: of a server its host name, of a client what a broker can take as user name.',
      'zh-tw':
        '憑證上的名稱。伺服器的憑證寫主機名稱；用戶端的憑證上，broker 可以把它當成使用者名稱。',
    },
  },
  'certificate-authority': {
    term: { en: 'certificate authority (CA)', 'zh-tw': '憑證機構（CA）' },
    means: {
      en: 'An organisation that signs certificates. A client trusts a server because it trusts the authority that signed for it.',
      'zh-tw': '簽發憑證的一方。用戶端信任伺服器，是因為信任替它簽章的機構。',
    },
  },
  websocket: {
    term: { en: 'WebSocket', 'zh-tw': 'WebSocket' },
    means: {
      en: 'A two-way connection that starts as an HTTP request and stays open. MQTT travels inside it if a program can open no other, as in a browser.',
      'zh-tw':
        '從 HTTP 請求開始、之後雙向長期保持的連線。瀏覽器不能自己開其他連線，這時 MQTT 就透過它傳送。',
    },
  },
  'reason-code': {
    term: { en: 'reason code', 'zh-tw': '原因碼（reason code）' },
    means: {
      en: 'A byte with which an answer of MQTT 5.0 says whether a request worked. From 128 on it is an error.',
      'zh-tw': 'MQTT 5.0 的回應用來說明結果的一個位元組，128 以上代表錯誤。',
    },
  },
  property: {
    term: { en: 'property', 'zh-tw': '屬性（property）' },
    means: {
      en: 'A named extra in a packet of MQTT 5.0, such as an expiry or a response topic.',
      'zh-tw': 'MQTT 5.0 封包裡帶名稱的附加資料，例如有效期限或回應主題。',
    },
  },
  'user-property': {
    term: { en: 'user property', 'zh-tw': '使用者屬性（user property）' },
    means: {
      en: 'A property with a name and a value of your own. The broker passes it on and doesn’t read it.',
      'zh-tw': '名稱和值都由你自己決定的屬性，broker 不讀，只負責轉交。',
    },
  },
  'message-expiry': {
    term: { en: 'message expiry', 'zh-tw': '訊息有效期限（message expiry）' },
    means: {
      en: 'After so many seconds the broker no longer delivers a message that is still waiting.',
      'zh-tw': '超過這個秒數還沒送出去的訊息，broker 就不再送了。',
    },
  },
  'session-expiry': {
    term: { en: 'session expiry', 'zh-tw': '工作階段有效期限（session expiry）' },
    means: {
      en: 'How many seconds a session of MQTT 5.0 is kept after its connection has gone.',
      'zh-tw': 'MQTT 5.0 的連線中斷之後，工作階段還要保留多少秒。',
    },
  },
  'response-topic': {
    term: { en: 'response topic', 'zh-tw': '回應主題（response topic）' },
    means: {
      en: 'In MQTT 5.0, the topic on which a client wants the answer to its question.',
      'zh-tw': '在 MQTT 5.0 裡，送出請求的用戶端希望收到答案的主題。',
    },
  },
  'correlation-data': {
    term: { en: 'correlation data', 'zh-tw': '關聯資料（correlation data）' },
    means: {
      en: 'Bytes that come back with an answer, so that the client knows which question it belongs to.',
      'zh-tw': '會跟著答案一起回來的位元組，用來辨認這是哪個請求的答案。',
    },
  },
  'no-local': {
    term: { en: 'No Local', 'zh-tw': 'No Local' },
    means: {
      en: 'An option of a subscription in MQTT 5.0: the broker does not send back what was published under the subscriber’s own client identifier.',
      'zh-tw': 'MQTT 5.0 的訂閱選項：用訂閱者自己的 client id 發布的訊息，broker 不會送回來。',
    },
  },
  'retain-handling': {
    term: { en: 'Retain Handling', 'zh-tw': 'Retain Handling' },
    means: {
      en: 'An option of a subscription in MQTT 5.0: whether SUBSCRIBE brings retained messages. 0 always, 1 only for a new subscription, 2 never.',
      'zh-tw':
        'MQTT 5.0 的訂閱選項：SUBSCRIBE 之後要不要送保留訊息。0 一律送，1 只有新的訂閱項目才送，2 不送。',
    },
  },
  'retain-as-published': {
    term: { en: 'Retain As Published', 'zh-tw': 'Retain As Published' },
    means: {
      en: 'An option of a subscription in MQTT 5.0: messages keep the RETAIN flag with which they were published.',
      'zh-tw': 'MQTT 5.0 的訂閱選項：送來的訊息保留發布時的 RETAIN 旗標。',
    },
  },
  'subscription-identifier': {
    term: { en: 'subscription identifier', 'zh-tw': '訂閱識別碼（subscription identifier）' },
    means: {
      en: 'A number that a client gives a subscription in MQTT 5.0. It comes with each message that matched the subscription.',
      'zh-tw': '用戶端在 MQTT 5.0 替訂閱項目取的編號。符合這個訂閱項目的每則訊息，都會帶著它。',
    },
  },
  'shared-subscription': {
    term: { en: 'shared subscription', 'zh-tw': '共享訂閱（shared subscription）' },
    means: {
      en: 'A subscription of a group, $share/group/filter: each message goes to one of its members.',
      'zh-tw': '一群用戶端共用的訂閱，寫成 $share/group/filter：每則訊息只會交給其中一個成員。',
    },
  },
  'topic-alias': {
    term: { en: 'topic alias', 'zh-tw': '主題別名（topic alias）' },
    means: {
      en: 'A number in the place of a topic that has been sent before on the same connection, in MQTT 5.0.',
      'zh-tw': '在 MQTT 5.0 裡，用數字代替同一條連線上送過的主題。',
    },
  },
  'maximum-packet-size': {
    term: { en: 'Maximum Packet Size', 'zh-tw': '最大封包大小（Maximum Packet Size）' },
    means: {
      en: 'How many bytes of one packet a client or a broker of MQTT 5.0 takes. The other side must not send a larger one.',
      'zh-tw': '在 MQTT 5.0，用戶端或 broker 收得下的一個封包有多少位元組。另一方不能送更大的。',
    },
  },
  'receive-maximum': {
    term: { en: 'receive maximum', 'zh-tw': '接收上限（receive maximum）' },
    means: {
      en: 'How many messages at QoS 1 and 2 one side of MQTT 5.0 accepts before it has acknowledged some.',
      'zh-tw': 'MQTT 5.0 的一方在回覆確認之前，最多同時接受幾則 QoS 1 和 2 的訊息。',
    },
  },
  'sys-topics': {
    term: { en: '$SYS topics', 'zh-tw': '$SYS 主題' },
    means: {
      en: 'Topics below $SYS/ in which many brokers, such as Mosquitto, report on themselves; no standard says what is there. A # at the start of a filter does not match them.',
      'zh-tw':
        '很多 broker（例如 Mosquitto）在 $SYS/ 底下公布自己的狀況；內容不是標準規定的。以 # 開頭的過濾器不會符合它們。',
    },
  },
  localhost: {
    term: { en: 'localhost', 'zh-tw': 'localhost（本機）' },
    means: {
      en: 'The name that every machine has for itself: 127.0.0.1 or ::1. What is sent there never leaves the machine.',
      'zh-tw': '每台機器對自己的稱呼，也就是 127.0.0.1 或 ::1。送到那裡的東西不會離開這台機器。',
    },
  },
  container: {
    term: { en: 'container', 'zh-tw': '容器（container）' },
    means: {
      en: 'A program that runs closed off from the rest of its machine, with files and usually a network of its own. Docker makes them.',
      'zh-tw':
        '和機器其他部分隔開來執行的程式，有自己的檔案，通常也有自己的網路。Docker 就是用來建立容器的。',
    },
  },
  bridge: {
    term: { en: 'bridge', 'zh-tw': '橋接（bridge）' },
    means: {
      en: 'A broker that is a client of another broker, and passes messages on between them.',
      'zh-tw': '一個 broker 當另一個 broker 的用戶端，在兩邊之間轉送訊息。',
    },
  },
  cluster: {
    term: { en: 'cluster', 'zh-tw': '叢集（cluster）' },
    means: {
      en: 'Several brokers that look like one to their clients.',
      'zh-tw': '好幾個 broker 合作，對用戶端來說就像一個。',
    },
  },
} as const satisfies Record<string, Term>;

export type TermId = keyof typeof glossary;
