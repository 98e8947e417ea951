/** What a workbench's model is made with. */
import type { Machines } from '../../../sandbox/protocol/machines.ts';
import type { Words } from '../i18n/words.ts';
import type { BrokerFileDrafts } from '../room/broker-files.ts';
import type { RoomPlace } from '../room/room.ts';
import type { EditedPrograms } from '../run/programs.ts';
import type { RunRecord } from '../run/record.ts';

export interface ModelDeps {
  record: RunRecord;
  programs: Pick<EditedPrograms, 'position'>;
  files: Pick<BrokerFileDrafts, 'unapplied' | 'onChange'>;
  words: Words;
  language: 'en' | 'zh-tw';
  /** Ids of the exercise's checks. */
  checkIds: readonly string[];
  roomPlace: RoomPlace;
  /** The file that is shown at first. */
  file: string;
  /** Where the programs run; absent: on the broker's machine. */
  machines?: Machines | undefined;
}
