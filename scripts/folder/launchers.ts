/** What is clicked twice, and what stands beside it. */
import type { Platform } from './platforms.ts';

export interface Launcher {
  name: string;
  text: string;
  isProgram: boolean;
}

/** What stands in a script: some unpack only what they click. No sign of it has a meaning in a shell. */
const alone = {
  en: 'Something is missing: unpack the whole zip into a folder, then start it there.',
  zh: '少了檔案：請先把整個 zip 解壓縮到一個資料夾，再從那裡啟動。',
};
const forbidden = {
  en: 'Programs may not run in this place: copy the folder to your own disk, then start it there.',
  zh: '這個位置不能執行程式：請把資料夾複製到自己的硬碟，再從那裡啟動。',
};

/**
 * Only built-in commands of the shell: there may be no PATH. The variables are of another Node, which the
 * person has installed. A window that would close at once waits, so that one can read why.
 */
const shell = `#!/bin/sh
unset NODE_OPTIONS NODE_PATH
case $0 in */*) here=\${0%/*} ;; *) here=. ;; esac
if ! [ -f "$here/course/node" ]; then
  echo '${alone.en}'
  echo '${alone.zh}'
  false
elif ! [ -x "$here/course/node" ]; then
  echo '${forbidden.en}'
  echo '${forbidden.zh}'
  false
else
  "$here/course/node" "$here/course/retained.mjs" "$@"
fi
code=$?
if [ $code -ne 0 ] && [ -t 0 ] && [ -t 1 ]; then read -r _; fi
exit $code
`;
/** No parentheses: the path of the folder may have one. A path is only ever within quotation marks. */
const command = `@echo off
setlocal
chcp 65001 >nul
title Retained
set "NODE_OPTIONS="
set "NODE_PATH="
if not exist "%~dp0course\\node.exe" goto alone
"%~dp0course\\node.exe" "%~dp0course\\retained.mjs" %*
if errorlevel 1 pause
exit /b
:alone
echo ${alone.en}
echo ${alone.zh}
pause
exit /b 1
`.replaceAll('\n', '\r\n');
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
