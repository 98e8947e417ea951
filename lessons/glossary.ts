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
      en: 'One unit of MQTT on the wire, such as CONNECT or PUBLISH. MQTT 3.1.1 has 14 kinds, MQTT 5.0 has 15.',
      'zh-tw':
        'MQTT 在線路上的一個單位，例如 CONNECT 或 PUBLISH。MQTT 3.1.1 有 14 種，MQTT 5.0 有 15 種。',
    },
  },
} as const satisfies Record<string, Term>;

export type TermId = keyof typeof glossary;
