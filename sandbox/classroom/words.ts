/** Words of personal codes: easy to say, to type and to tell apart. */

const en =
  'acorn anchor apple apron arrow autumn badge bakery balloon bamboo banana basket beach berry bicycle blanket bottle bread bridge brush bucket butter button cabin cactus camera candle canoe carpet carrot castle cherry circus cloud clover cocoa coral cotton cookie cushion daisy desert diamond dinner dragon drawer eagle engine feather fiddle flower forest fountain garden ginger giraffe guitar hammer harbor helmet honey island jacket jelly jungle kettle kitten ladder lantern laptop lemon lizard magnet mango maple market meadow melon mirror monkey morning mountain muffin napkin needle noodle ocean olive onion orange orchid oven paddle palace pancake paper peanut pencil pepper piano pillow planet pocket potato pumpkin puzzle rabbit radio rainbow river rocket saddle salad sandal shadow silver spider spring summer sunset teapot temple ticket tiger tomato travel tulip tunnel turtle umbrella valley velvet violin walnut willow window winter yogurt zebra';
const zhTw =
  '蘋果 香蕉 葡萄 西瓜 鳳梨 芒果 檸檬 草莓 番茄 南瓜 玉米 花生 豆腐 麵包 牛奶 咖啡 茶壺 湯匙 筷子 飯碗 冰箱 燈泡 電視 相機 手錶 眼鏡 雨傘 帽子 圍巾 手套 襪子 鞋子 書包 鉛筆 橡皮 剪刀 地圖 郵票 信封 日曆 鑰匙 鏡子 梳子 毛巾 枕頭 棉被 窗戶 樓梯 屋頂 花園 公園 學校 車站 機場 碼頭 橋樑 隧道 火車 公車 單車 飛機 輪船 火箭 氣球 風箏 鋼琴 吉他 鼓手 小號 足球 籃球 棒球 網球 溜冰 游泳 跑步 老虎 獅子 大象 長頸 斑馬 兔子 松鼠 刺蝟 烏龜 海豚 鯨魚 企鵝 貓熊 猴子 狐狸 白鷺 燕子 老鷹 孔雀 蝴蝶 蜜蜂 螢火 蜻蜓 螞蟻 青蛙 金魚 螃蟹 貝殼 珊瑚 沙灘 海浪 島嶼 高山 溪流 瀑布 湖泊 森林 草原 竹子 松樹 楓葉 玫瑰 蓮花 向日 月亮 星星 太陽 彩虹 白雲 閃電 雪花 春天 夏天 秋天 冬天 早晨 黃昏';

export const wordLists: Record<'en' | 'zh-tw', readonly string[]> = {
  en: en.split(' '),
  'zh-tw': zhTw.split(' '),
};
