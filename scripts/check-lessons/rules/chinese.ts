/** The Chinese page is written in Traditional characters, in the words used in Taiwan. */
import * as OpenCC from 'opencc-js';
import type { Piece } from '../page.ts';
import type { Rule } from '../rule.ts';

/** Characters that are right in both scripts, and that OpenCC would write in their older form. */
const BOTH = new Set('了台污布周占采托群');
const toTaiwan = OpenCC.Converter({ from: 'cn', to: 'tw' });

/** Mainland term → what is written in Taiwan. */
const TERMS: Readonly<Record<string, string>> = {
  信息: '訊息／資訊',
  消息: '訊息',
  網絡: '網路',
  服務器: '伺服器',
  客戶端: '用戶端',
  默認: '預設',
  缺省: '預設',
  數據: '資料',
  軟件: '軟體',
  硬件: '硬體',
  字符: '字元',
  字節: '位元組',
  代碼: '程式碼',
  屏幕: '螢幕',
  視頻: '影片',
  鼠標: '滑鼠',
  鏈接: '連結',
  端口: '連接埠',
  協議: '協定',
  調用: '呼叫',
  變量: '變數',
  線程: '執行緒',
  進程: '行程',
  緩存: '快取',
  質量: '品質',
  運行: '執行',
  登錄: '登入',
  賬號: '帳號',
  創建: '建立',
  接口: '介面',
  異步: '非同步',
  打印: '列印',
  搜索: '搜尋',
  內存: '記憶體',
  會話: '工作階段',
  隊列: '佇列',
  數組: '陣列',
  加載: '載入',
  兼容: '相容',
  帶寬: '頻寬',
  回調: '回呼',
  插件: '外掛',
  菜單: '選單',
  窗口: '視窗',
  激活: '啟用',
  智能: '智慧',
};

export interface Doubt {
  line: number;
  found: string;
  write: string;
}

export function doubtsOf({ text, line }: Piece): Doubt[] {
  const doubts: Doubt[] = [];
  // OpenCC goes by phrases, so it knows 皇后 from 之後; both texts have the same length.
  const taiwan = [...toTaiwan(text)];
  [...text].forEach((found, at) => {
    const write = taiwan[at]!;
    if (found !== write && !BOTH.has(found)) doubts.push({ line, found, write });
  });
  for (const [found, write] of Object.entries(TERMS)) {
    if (text.includes(found)) doubts.push({ line, found, write });
  }
  return doubts;
}

export const chinese: Rule = ({ slug, pages }, report) => {
  const page = pages['zh-tw'];
  if (!page) return;
  for (const piece of page.prose) {
    const doubts = doubtsOf(piece);
    if (doubts.length === 0) report.passed();
    for (const { line, found, write } of doubts) {
      report.failed(`${slug}/zh-tw.mdx:${line}`, `「${found}」: in Taiwan 「${write}」`);
    }
  }
};
