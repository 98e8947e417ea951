/** What is clicked twice, and what stands beside it. */
import type { Platform } from './platforms.ts';

export interface Launcher {
  name: string;
  text: string;
  isProgram: boolean;
}

/** Only built-in commands of the shell: there may be no PATH. */
const shell = `#!/bin/sh
case $0 in */*) here=\${0%/*} ;; *) here=. ;; esac
exec "$here/course/node" "$here/course/retained.mjs" "$@"
`;
/** The window stays open if the course could not begin, so that one can read why. */
const command = `@echo off\r
chcp 65001 >nul\r
title Retained\r
"%~dp0course\\node.exe" "%~dp0course\\retained.mjs" %*\r
if errorlevel 1 pause\r
`;
/** Two levels of escapes: those of the file, and those of Exec. */
const desktop = String.raw`[Desktop Entry]
Type=Application
Name=Retained
Comment=Learn MQTT by doing
Comment[zh_TW]=動手學 MQTT
Exec=/bin/sh -c "here=\\${'$'}{1#file://}; exec \\"\\${'$'}{here%%/*}/retained.sh\\"" sh %k
Terminal=true
`;

const launchers: Readonly<Record<string, readonly Launcher[]>> = {
  windows: [{ name: 'Retained.cmd', text: command, isProgram: false }],
  macos: [{ name: 'Retained.command', text: shell, isProgram: true }],
  linux: [
    { name: 'retained.sh', text: shell, isProgram: true },
    { name: 'Retained.desktop', text: desktop, isProgram: true },
  ],
};
const systemOf = ({ name }: Platform) => name.split('-')[0]!;
export const launchersOf = (platform: Platform): readonly Launcher[] =>
  launchers[systemOf(platform)]!;

const begin: Readonly<Record<string, { en: string; zh: string }>> = {
  windows: {
    en: 'Click Retained.cmd twice. If Windows warns of an unknown publisher: More info, Run anyway.',
    zh: '在 Retained.cmd 上按兩下。如果 Windows 警告發行者不明：按「其他資訊」，再按「仍要執行」。',
  },
  macos: {
    en: 'Click Retained.command twice. If macOS refuses: System Settings, Privacy & Security, Open Anyway.',
    zh: '在 Retained.command 上按兩下。如果 macOS 不肯開：系統設定 →「隱私權與安全性」→「強制打開」。',
  },
  linux: {
    en: 'Click Retained.desktop twice (“Allow Launching” first), or type ./retained.sh in a terminal.',
    zh: '在 Retained.desktop 上按兩下（先選「允許啟動」），或在終端機裡輸入 ./retained.sh。',
  },
};

/** `READ ME.txt`, with the line ends that Windows' own editor always took. */
export const readMe = (platform: Platform): string =>
  `Retained: learn MQTT by doing

${begin[systemOf(platform)]!.en}
The browser opens the course. The window shows the address “for the class”: everybody in
the same network can open it. Close the window to stop. Nothing is installed, and no
internet is needed. If the system asks whether others may connect, allow it.

────

Retained：動手學 MQTT

${begin[systemOf(platform)]!.zh}
瀏覽器會打開課程。視窗裡「for the class」那一行的網址，同一個網路裡的人都連得到。
關掉視窗就停止。不會安裝任何東西，也不需要網際網路。
如果系統問要不要讓別人連進來，請選允許。
`.replaceAll('\n', '\r\n');
