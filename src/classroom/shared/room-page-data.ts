/** What the page of the shared room brings along. */
import type { Words } from '../../workbench/i18n/words.ts';

export interface RoomPage {
  links: {
    home: string;
    join: string;
    class: string;
    wires: string;
  };
  language: string;
  t: Words;
}
