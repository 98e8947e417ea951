import type { RoomResponse } from '../../../sandbox/protocol/api.ts';
import type { BrokerFiles } from '../../../sandbox/protocol/exercise.ts';
import { version as mqttVersion } from 'mqtt/package.json';
import type { Words } from '../i18n/words.ts';
import { projectFiles } from './project.ts';
import { saveFile } from '../ui/save-file.ts';
import { zipOf } from './zip.ts';

export interface DownloadParts {
  exercise: string;
  programs: readonly { name: string; text: string }[];
  brokerFiles: BrokerFiles | undefined;
  /** The room that the programs are to reach; undefined for a Mosquitto on the reader's computer. */
  room: RoomResponse | undefined;
  words: Words;
}

/** Saves the programs as a folder that runs outside the page. */
export async function download(parts: DownloadParts): Promise<void> {
  const { room, exercise } = parts;
  const folder = exercise.replace('/', '-');
  const files = projectFiles({
    ...parts,
    title: document.querySelector('h1')?.textContent?.trim() || exercise,
    page: location.origin + location.pathname,
    room:
      room && room.tcpPort !== null
        ? { host: location.hostname, port: room.tcpPort, address: room.address }
        : undefined,
    mqttVersion,
  });
  saveFile(`${folder}.zip`, 'application/zip', await zipOf(folder, files));
}
