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
  title: InBoth;
  lessons: readonly Lesson[];
}

const coming = (id: string, en: string, zh: string): Lesson => ({
  id,
  title: { en, 'zh-tw': zh },
  status: 'coming',
});
const written = (id: string, minutes: number, en: string, zh: string): Lesson => ({
  id,
  title: { en, 'zh-tw': zh },
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
      coming('what-is-mqtt', 'Where MQTT comes from', 'MQTT 從哪裡來'),
      written('connect', 7, 'Connecting to a broker', '連上 broker：CONNECT 與 CONNACK'),
      coming('mqtt-and-http', 'MQTT and HTTP', 'MQTT 與 HTTP'),
    ],
  },
  {
    id: 'broker',
    title: { en: 'Run a broker', 'zh-tw': '架設 broker' },
    lessons: [
      written('install-mosquitto', 6, 'Install Mosquitto', '安裝 Mosquitto'),
      written('configure-mosquitto', 6, 'Configure Mosquitto', '設定 Mosquitto'),
      written('users-and-passwords', 8, 'Users and passwords', '使用者與密碼'),
      coming('access-control', 'Who may do what', '存取權限（ACL）'),
      coming('tls', 'TLS: a connection nobody else can read', 'TLS：別人看不懂的連線'),
      coming('websockets', 'MQTT over WebSocket', 'MQTT over WebSocket'),
      written('command-line', 8, 'MQTT on the command line', '用命令列操作 MQTT'),
      written('python', 8, 'MQTT in Python', '用 Python 寫 MQTT'),
      coming('look-inside', 'Look inside a broker', '看看 broker 裡有什麼'),
    ],
  },
  {
    id: 'topics',
    title: { en: 'Topics', 'zh-tw': '主題' },
    lessons: [
      coming('topic-names', 'Topic names', '主題名稱'),
      written('wildcards', 6, 'Wildcards', '萬用字元'),
      coming('topic-design', 'Designing a topic tree', '設計主題樹'),
      written('retained', 8, 'Retained messages', '保留訊息'),
      coming('overlap', 'Overlapping subscriptions', '重疊的訂閱'),
    ],
  },
  {
    id: 'qos',
    title: { en: 'Quality of Service', 'zh-tw': '服務品質（QoS）' },
    lessons: [
      coming('qos-0', 'QoS 0: at most once', 'QoS 0：最多一次'),
      written('qos-1', 8, 'QoS 1: at least once', 'QoS 1：至少一次'),
      written('qos-2', 8, 'QoS 2: exactly once', 'QoS 2：恰好一次'),
      coming('qos-both-sides', 'Two hops, two agreements', '兩段路，各自約定'),
      coming('inflight', 'Messages in flight', '傳送中的訊息'),
    ],
  },
  {
    id: 'sessions',
    title: { en: 'Sessions and presence', 'zh-tw': '工作階段（session）與上線狀態' },
    lessons: [
      written('sessions', 8, 'Sessions', '工作階段（session）'),
      coming('keep-alive', 'Keep alive', 'Keep Alive（保持連線）'),
      written('last-will', 8, 'Last will', '遺囑訊息（Last Will）'),
    ],
  },
  {
    id: 'mqtt5',
    title: { en: 'MQTT 5', 'zh-tw': 'MQTT 5' },
    lessons: [
      coming('mqtt5-reasons', 'Reason codes and properties', '原因碼與屬性'),
      coming('mqtt5-expiry', 'Messages that expire', '會過期的訊息'),
      coming('mqtt5-request-response', 'Request and response', '請求與回應'),
      coming('mqtt5-subscriptions', 'Subscription options', '訂閱選項'),
      coming('mqtt5-shared', 'Shared subscriptions', '共享訂閱'),
      coming('mqtt5-flow', 'Aliases, windows and limits', '主題別名、流量控制與大小上限'),
    ],
  },
  {
    id: 'build',
    title: { en: 'Build', 'zh-tw': '動手做專案' },
    lessons: [
      coming('project-thermometer', 'A thermometer on your phone', '手機上的溫度計'),
      coming('project-smart-home', 'A smart home', '智慧家庭'),
      coming('project-class-chat', 'A chat for the class', '全班聊天室'),
      coming('project-real-device', 'A real device joins', '讓真正的裝置加入'),
      coming('security', 'What a broker must check', 'broker 的安全檢查'),
      coming('to-production', 'To production', '正式上線'),
    ],
  },
];
