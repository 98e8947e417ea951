/**
 * The parts and lessons of the course, in order: this list is the only ordering. Ids are in
 * addresses and in learners' progress, so they never change; titles may.
 */
export type InBoth = Readonly<Record<'en' | 'zh-tw', string>>;

export interface Lesson {
  /** The folder in lessons/ and the last part of the address. */
  id: string;
  /** Ids that it had before: old addresses lead here, and learners keep their progress. */
  formerly?: readonly string[];
  title: InBoth;
  /** `coming`: named on the map, no page yet. */
  status: 'written' | 'coming';
  /** Minutes to read and do; only of written lessons. */
  minutes?: number;
}
export interface Part {
  id: string;
  /** Ids that it had before: old addresses lead here. */
  formerly?: readonly string[];
  title: InBoth;
  lessons: readonly Lesson[];
}

/** A way through the course for somebody with one purpose: lessons by id, in the course's order. */
export interface Path {
  id: string;
  title: InBoth;
  /** One sentence: whom it is for, and what they can do at its end. */
  about: InBoth;
  time: InBoth;
  lessons: readonly string[];
}

const coming = (id: string, en: string, zh: string): Lesson => ({
  id,
  title: { en, 'zh-tw': zh },
  status: 'coming',
});
const written = (id: string, minutes: number, en: string, zh: string): Lesson => ({
  ...coming(id, en, zh),
  status: 'written',
  minutes,
});

export const course: readonly Part[] = [
  {
    id: 'meet',
    title: { en: 'Meet MQTT', 'zh-tw': '認識 MQTT' },
    lessons: [
      written('first-message', 6, 'Your first message', '你的第一則訊息'),
      written('publish-subscribe', 7, 'Publish and subscribe', '發布與訂閱'),
      written('connect', 7, 'Connecting to a broker', '連上 broker：CONNECT 與 CONNACK'),
      written('client-id', 7, 'One id, one connection', '一個 id，一條連線'),
      written('unsubscribe', 7, 'Unsubscribing', '取消訂閱'),
      written('what-is-mqtt', 6, 'Where MQTT comes from', 'MQTT 從哪裡來'),
      written('mqtt-and-http', 7, 'MQTT and HTTP', 'MQTT 與 HTTP'),
    ],
  },
  {
    id: 'topics',
    title: { en: 'Topics and payloads', 'zh-tw': '主題與訊息內容' },
    lessons: [
      written('topic-names', 6, 'Topic names', '主題名稱'),
      written('wildcards', 6, 'Wildcards', '萬用字元'),
      written('topic-design', 8, 'Designing a topic tree', '設計主題樹'),
      written('payloads', 8, 'What stands in a payload', '訊息內容怎麼寫'),
    ],
  },
  {
    id: 'presence',
    title: { en: 'Retained messages and presence', 'zh-tw': '保留訊息與上線狀態' },
    lessons: [
      written('retained', 8, 'Retained messages', '保留訊息'),
      written('keep-alive', 7, 'Keep alive', 'Keep Alive（保持連線）'),
      written('last-will', 8, 'Last will', '遺囑訊息（Last Will）'),
      written('how-old-is-this', 8, 'How old is this value?', '這個值是多久以前的？'),
      written('reconnecting', 8, 'Reconnecting', '重新連線'),
    ],
  },
  {
    id: 'qos',
    formerly: ['sessions'],
    title: { en: 'Quality of Service and sessions', 'zh-tw': '服務品質（QoS）與工作階段' },
    lessons: [
      written('qos-0', 8, 'QoS 0: at most once', 'QoS 0：最多一次'),
      written('qos-1', 7, 'QoS 1: at least once', 'QoS 1：至少一次'),
      written('sessions', 8, 'Sessions', '工作階段（session）'),
      written('duplicates', 8, 'The same message twice', '同一則訊息收到兩次'),
      written('qos-2', 8, 'QoS 2: exactly once', 'QoS 2：恰好一次'),
      written('which-qos', 8, 'Which QoS, and how many copies', '收到的是哪個 QoS、幾份'),
      written('inflight', 6, 'Messages in flight', '傳送中的訊息'),
    ],
  },
  {
    id: 'broker',
    title: { en: 'Run a broker', 'zh-tw': '架設 broker' },
    lessons: [
      written('install-mosquitto', 6, 'Install Mosquitto', '安裝 Mosquitto'),
      written('configure-mosquitto', 6, 'Configure Mosquitto', '設定 Mosquitto'),
      written('users-and-passwords', 8, 'Users and passwords', '使用者與密碼'),
      written('access-control', 8, 'Who may do what', '存取權限（ACL）'),
      written('command-line', 8, 'MQTT on the command line', '用命令列操作 MQTT'),
      written('persistence', 8, 'What survives a restart', '重新啟動之後還剩什麼'),
      written('where-is-localhost', 8, 'Where is localhost?', 'localhost 是誰？'),
      written('tls', 8, 'TLS: a connection nobody else can read', 'TLS：別人看不懂的連線'),
      written('certificates', 9, 'Certificates for clients', '用戶端憑證'),
      written('websockets', 8, 'MQTT over WebSocket', 'MQTT over WebSocket'),
      written('bridge', 9, 'Two brokers, one bridge', '用橋接連起兩個 broker'),
      written('look-inside', 8, 'Look inside a broker', '看看 broker 裡有什麼'),
      written(
        'old-files-new-mosquitto',
        7,
        'Old files, new Mosquitto',
        '舊設定檔遇上 Mosquitto 新版',
      ),
    ],
  },
  {
    id: 'mqtt5',
    title: { en: 'MQTT 5', 'zh-tw': 'MQTT 5' },
    lessons: [
      written('mqtt5-reasons', 6, 'Reason codes and properties', '原因碼與屬性'),
      written('mqtt5-expiry', 6, 'Messages that expire', '會過期的訊息'),
      written('mqtt5-request-response', 6, 'Request and response', '請求與回應'),
      written('mqtt5-subscriptions', 6, 'Subscription options', '訂閱選項'),
      written('mqtt5-shared', 6, 'Shared subscriptions', '共享訂閱'),
      written('mqtt5-aliases', 6, 'Topic aliases and size limits', '主題別名與大小上限'),
    ],
  },
  {
    id: 'build',
    title: { en: 'Programs and devices', 'zh-tw': '程式與裝置' },
    lessons: [
      {
        ...written('python-publish', 8, 'Publishing from Python', '用 Python 發布'),
        formerly: ['python'],
      },
      written('python-listen', 8, 'Listening in Python', '用 Python 持續接收'),
      coming('esp32', 'An ESP32 with 256 bytes', '只有 256 位元組緩衝區的 ESP32'),
      coming('node-red', 'Node-RED', 'Node-RED'),
      written('project-thermometer', 10, 'A thermometer on your phone', '手機上的溫度計'),
      coming('project-smart-home', 'A smart home', '智慧家庭'),
      written('project-class-chat', 10, 'A chat for the class', '全班聊天室'),
      coming('project-real-device', 'A real device joins', '讓真正的裝置加入'),
    ],
  },
  {
    id: 'world',
    title: { en: 'In the world', 'zh-tw': '外面的世界' },
    lessons: [
      written('home-assistant', 10, 'A lamp for Home Assistant', '讓 Home Assistant 認得一盞燈'),
      coming('zigbee2mqtt', 'Reading Zigbee2MQTT', '看懂 Zigbee2MQTT'),
      coming('sparkplug-b', 'Sparkplug B', 'Sparkplug B'),
      coming('unified-namespace', 'One namespace for a plant', '整座工廠的統一命名空間'),
      coming('cloud-differences', 'What clouds do differently', '雲端服務哪裡不一樣'),
      coming('when-not-mqtt', 'When not to use MQTT', '什麼時候不該用 MQTT'),
    ],
  },
  {
    id: 'production',
    title: { en: 'Production', 'zh-tw': '正式上線' },
    lessons: [
      written('threats', 8, 'What a broker must check', 'broker 的安全檢查'),
      coming('monitoring', 'Watching a broker', '監控 broker'),
      coming('cluster', 'More than one broker', '不只一個 broker'),
      coming('detective', 'Five broken houses', '五個出問題的家'),
    ],
  },
];

const ids = (...lines: string[]) => lines.join(' ').split(' ');
const lessonsOf = (...parts: string[]) =>
  course
    .filter(({ id }) => parts.includes(id))
    .flatMap(({ lessons }) => lessons.map(({ id }) => id));

/** Offered on the home page. A path may leave lessons out; it never changes their order. */
export const paths: readonly Path[] = [
  {
    id: 'hobbyist',
    title: { en: 'Hobbyist', 'zh-tw': '自己動手做' },
    about: {
      en: 'For your own sensors and lamps: your broker at home, and Home Assistant on top.',
      'zh-tw': '給想把感測器和電燈接起來的人：自己架 broker，再接上 Home Assistant。',
    },
    time: { en: '2 hours', 'zh-tw': '2 小時' },
    lessons: ids(
      'first-message publish-subscribe wildcards retained last-will',
      'install-mosquitto configure-mosquitto users-and-passwords where-is-localhost',
      'esp32 home-assistant zigbee2mqtt',
    ),
  },
  {
    id: 'web',
    title: { en: 'Web developer', 'zh-tw': '網頁開發' },
    about: {
      en: 'For live pages: a browser that reconnects, misses nothing and counts nothing twice.',
      'zh-tw': '給要做即時網頁的人：瀏覽器會重新連線，不漏收，也不重複計算。',
    },
    time: { en: '2 hours', 'zh-tw': '2 小時' },
    lessons: ids(
      'first-message publish-subscribe mqtt-and-http wildcards payloads retained reconnecting',
      'qos-1 sessions duplicates tls websockets mqtt5-reasons mqtt5-request-response',
    ),
  },
  {
    id: 'class',
    title: { en: 'Class', 'zh-tw': '課堂' },
    about: {
      en: 'For a course at school: the whole protocol in order, and two projects at the end.',
      'zh-tw': '給學校的課程：從頭到尾把協定學一遍，最後做兩個專案。',
    },
    time: { en: 'one term', 'zh-tw': '一學期' },
    lessons: [
      ...lessonsOf('meet', 'topics', 'presence', 'qos', 'broker', 'mqtt5'),
      'project-thermometer',
      'project-class-chat',
    ],
  },
  {
    id: 'industrial',
    title: { en: 'Industrial', 'zh-tw': '工業現場' },
    about: {
      en: 'For machines and plants: a topic tree, sessions, two brokers joined, and Sparkplug B.',
      'zh-tw': '給機台與廠房：主題樹、工作階段、橋接兩個 broker，以及 Sparkplug B。',
    },
    time: { en: '2 hours', 'zh-tw': '2 小時' },
    lessons: ids(
      'first-message publish-subscribe wildcards topic-design retained last-will qos-1',
      'sessions access-control persistence tls bridge sparkplug-b unified-namespace',
    ),
  },
  {
    id: 'cloud',
    title: { en: 'Cloud', 'zh-tw': '雲端' },
    about: {
      en: "For fleets of devices: ids, sessions, certificates, and what a provider's broker does differently.",
      'zh-tw': '給要管大量裝置的人：id、工作階段、憑證，以及雲端 broker 不一樣的地方。',
    },
    time: { en: '2 hours', 'zh-tw': '2 小時' },
    lessons: ids(
      'first-message publish-subscribe connect client-id retained last-will reconnecting qos-1',
      'sessions access-control tls certificates mqtt5-reasons mqtt5-shared cloud-differences monitoring cluster',
    ),
  },
];
