import { ConnectedRoom } from './connected-room.ts';
import { ServerConnection, type ServerOptions } from './server-connection.ts';

/** A room of the course's server: requests over its watch stream, one WebSocket for each line. */
export class ServerRoom extends ConnectedRoom {
  constructor(options: ServerOptions) {
    super((emit) => new ServerConnection(options, emit));
  }
}
