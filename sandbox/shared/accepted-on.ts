/** Which listener of the broker accepted a connection, and what the client showed there. */
export interface AcceptedOn {
  /** The listener's port in mosquitto.conf. */
  port: number;
  /** The client identifier in CONNECT; empty if the client left it to the broker. */
  clientId?: string | undefined;
  /** From a TLS client's certificate: its common name and its whole subject (RFC 2253). */
  certificate?: { commonName: string; subject: string };
}
