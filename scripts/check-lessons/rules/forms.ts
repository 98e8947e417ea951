/**
 * One form for each term, in all that learners read: lessons, comments, glossary, titles, panels and
 * errors. Wrong form → right form. Only what is wrong wherever it stands; text in code is not looked at.
 */
export interface Form {
  /** Global; matches only the wrong form. */
  wrong: RegExp;
  write: string;
}

const form = (wrong: RegExp, write: string): Form => ({ wrong, write });

const zhTw: readonly Form[] = [
  form(/篩選器/g, '過濾器'),
  form(/階層/g, '層級、層'),
  form(/命令(?!列|提示字元)/g, '指令'),
  form(/(?<!連接)埠/g, '連接埠（port）'),
  form(/監聽埠/g, 'listener（監聽器）'),
  form(/發佈/g, '發布'),
  form(/帳密/g, '認證資訊（credential）'),
  form(/沒有權限/g, '未獲授權'),
  form(/接手/g, '接管'),
  form(/到期時間/g, '有效期限'),
  form(/(?:清除|全新)工作階段(?!開始)/g, 'Clean Session'),
  form(/工作階段已存在/g, 'Session Present'),
  form(/線路/g, '連線，或「網路上」「實際傳送的」'),
  form(/鑰匙/g, '密碼（TLS 的是金鑰）'),
  form(/保持連線(?!）)/g, 'Keep Alive（保持連線），之後 Keep Alive'),
  form(/keep alive/g, 'Keep Alive'),
  form(/一點五倍/g, '1.5 倍'),
  form(/服務品質(?!（QoS）)/g, 'QoS'),
  form(/遺囑(?!訊息)/g, '遺囑訊息'),
  form(/[收送]的一方|一個[收送]的/g, '接收端、傳送端'),
  form(/\bBroker\b/g, 'broker'),
  form(/(?<![-\w])clients?(?![-\w]|\s+id)/g, '用戶端'),
  form(/(?<![-\w])sessions?(?![-\w])/g, '工作階段；旗標寫 Clean Session、Session Present'),
  form(/儀表板/g, '監控畫面'),
  form(/互不相干/g, '解耦'),
  form(/(?<![…(])…(?![…)])/g, '……'),
  form(/(?<=\p{Script=Han}) ?\((?=\p{Script=Han})/gu, '全形括號（ ）'),
];

/** “Line” is a line of text, never a connection. */
const en: readonly Form[] = [
  form(/\b(?:on|over) the (?:line|wire)\b/gi, 'on the connection, over the network'),
  form(
    /\b(?:cut|close|open|freeze|end|break|listen to|cover)s? (?:the|its|a) line\b/gi,
    'connection',
  ),
  form(
    /\blines? (?:is|was|has|are)?\s?(?:cut|closed|closes|ends|ended|broken|frozen|opened)\b/gi,
    'connection',
  ),
  form(/\bcut line\b/gi, 'cut connection'),
  form(/\bthe line of\b/gi, 'the connection of'),
];

export const forms = { en, 'zh-tw': zhTw } as const;

export interface WrongForm {
  found: string;
  write: string;
}

/** A term in brackets behind its translation, 用戶端（client）, is right. */
const withoutNames = (text: string): string => text.replaceAll(/（(?!QoS）)[A-Za-z$ ]+）/g, '');

export function wrongForms(text: string, language: keyof typeof forms): WrongForm[] {
  const spoken = text.replaceAll(/\{\w+\}/g, '{}');
  const read = language === 'zh-tw' ? withoutNames(spoken) : spoken;
  return forms[language].flatMap(({ wrong, write }) =>
    [...read.matchAll(wrong)].map(([found]) => ({ found, write })),
  );
}
